package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.console.transfer.Transfers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.Levenshtein;

/** The colon commands there are. */
public final class ColonCommands {
    /** A letter follows at once, for {@code : word} is a command of the shell. */
    private static final Pattern LINE = Pattern.compile("\\s*:([A-Za-z]\\S*)\\s*(.*?)\\s*", Pattern.DOTALL);

    /** For where there is no console, and so none of them. */
    private static final Set<String> NAMES = Set.of(
            "help",
            "info",
            "report",
            "watch",
            "get",
            "put",
            "timeout",
            "keepalive",
            "env",
            "history",
            "save",
            "endpoint",
            "exit");

    private final Map<String, ColonCommand> byName = new LinkedHashMap<>();

    /** Adds them all. */
    public void addAll(Console console) {
        Screen screen = console.screen();
        add(new HelpCommand(this, screen));
        add(new InfoCommand(console.session(), console.target(), screen));
        add(new ReportCommand(console.session(), screen));
        Transfers transfers = new Transfers(console.session(), console.foreground(), screen);
        add(new GetCommand(transfers));
        add(new PutCommand(transfers));
        add(new WatchCommand(console.runner(), console.foreground(), screen));
        add(new TimeoutCommand(console.runner(), screen));
        add(new KeepAliveCommand(console.keepAlive(), screen));
        add(new EnvCommand(console.runner(), screen));
        add(new HistoryCommand(console.input(), screen));
        add(new SaveCommand(console.transcript(), screen));
        add(new EndpointCommand(console.target(), screen));
        add(new ExitCommand());
    }

    private void add(ColonCommand command) {
        byName.put(command.name(), command);
    }

    /** All of them, in the order of the help. */
    public List<ColonCommand> all() {
        return new ArrayList<>(byName.values());
    }

    /** Whether a line is for the console and not for the shell. */
    public static boolean isOne(String line) {
        return LINE.matcher(line).matches();
    }

    /** Whether a line is one of these commands, and not the shell's business by any reading. */
    public static boolean isKnown(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches() && NAMES.contains(parts.group(1));
    }

    /** Whether a command's first argument is a file on this machine. */
    public boolean takesLocalFile(String name) {
        return name.startsWith(":")
                && byName.containsKey(name.substring(1))
                && byName.get(name.substring(1)).takesLocalFile();
    }

    /**
     * Does what a line says.
     *
     * @param line one that {@link #isOne}
     * @throws ShellException when there is no such command, or it can't be done
     */
    public void run(String line) throws InterruptedException, DetachedException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(line);
        }
        ColonCommand command = byName.get(parts.group(1));
        if (command == null) {
            throw new ShellException(
                    "There is no :" + parts.group(1),
                    "Did you mean :" + nearest(parts.group(1)) + "? :help lists them all");
        }
        command.run(parts.group(2));
    }

    private String nearest(String name) {
        return byName.keySet().stream()
                .min(Comparator.comparingInt(known -> known.startsWith(name) ? 0 : Levenshtein.distance(name, known)))
                .orElseThrow();
    }
}
