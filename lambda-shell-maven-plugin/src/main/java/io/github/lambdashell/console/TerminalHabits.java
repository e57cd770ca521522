package io.github.lambdashell.console;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes commands that expect a terminal, which Lambda does not have. */
final class TerminalHabits {
    /** A line of one command, without an operator that would connect it to something else than a terminal. */
    private static final Pattern COMMAND = Pattern.compile("\\s*(\\w+)((?:\\s[^|;&<>]*)?)");

    /** Arguments with which the programs only print something. */
    private static final Pattern PRINTS = Pattern.compile("\\s(?:--help|--version)(?:\\s|$)");

    private static final Pattern BATCH = Pattern.compile("\\s-\\w*b");

    private static final Map<String, String> INSTEAD = new HashMap<>(Map.of(
            "top", "use top -b -n 1, or :watch 2 top -b -n 1",
            "htop", "use :watch 2 ps aux",
            "watch", "use :watch SECONDS COMMAND",
            "man", "use COMMAND --help, or man on your machine",
            "sudo", "commands have all rights that Lambda gives; leave out sudo"));

    static {
        for (String pager : new String[] {"less", "more"}) {
            INSTEAD.put(pager, "use cat, head or tail");
        }
        for (String editor : new String[] {"vi", "vim", "nano", "emacs"}) {
            INSTEAD.put(editor, "use :get, edit the file on your machine, and :put");
        }
    }

    private TerminalHabits() {}

    /** Returns what to do instead of a full-screen program; empty for other commands. */
    static Optional<String> advice(String line) {
        Matcher command = COMMAND.matcher(line);
        if (!command.matches()) {
            return Optional.empty();
        }
        String program = command.group(1);
        String arguments = command.group(2);
        boolean batch = program.equals("top") && BATCH.matcher(arguments).find();
        return batch || PRINTS.matcher(arguments).find()
                ? Optional.empty()
                : Optional.ofNullable(INSTEAD.get(program))
                        .map(instead ->
                                program + " needs a terminal: " + instead + "; \\" + program + " runs it anyway");
    }
}
