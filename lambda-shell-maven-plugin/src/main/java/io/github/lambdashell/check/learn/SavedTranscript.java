package io.github.lambdashell.check.learn;

import io.github.lambdashell.check.expect.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of a transcript that {@code :save} wrote. It does not tell standard output and standard error apart, and
 * has neither the directory nor the variables of a command: commands that only change the shell begin those after them.
 *
 * @param commands those that checks can be learned from, not null
 * @param omitted the others, each with the reason, for people; not null
 */
public record SavedTranscript(List<Entry> commands, List<String> omitted) {
    private static final String COMMAND = "$ ";
    private static final String CONTINUATION = "> ";
    private static final String CUT = "[more output was omitted here]\n";
    private static final Pattern EXIT_CODE = Pattern.compile("\\[exit code (\\d{1,3})]");
    private static final Pattern COLON = Pattern.compile("\\s*:[A-Za-z].*", Pattern.DOTALL);
    private static final int INTERRUPTED = 130;

    /** A command that changes the shell and nothing else. */
    private static final Pattern OF_SHELL = Pattern.compile(
            "\\s*(?:(?:cd|export|alias|unalias|unset|set|shopt|umask|declare|readonly|typeset)\\b"
                    + "|[A-Za-z_]\\w*=\\S*\\s*$|(?:function\\s+)?[\\w-]+\\s*\\(\\)\\s*\\{).*",
            Pattern.DOTALL);

    /**
     * A command of a transcript.
     *
     * @param typed its text as typed, not null
     * @param ran the command with those that it begins with, not null
     */
    public record Entry(String typed, RanCommand ran) {}

    public SavedTranscript {
        commands = List.copyOf(commands);
        omitted = List.copyOf(omitted);
    }

    /** Reads a transcript; text before its first command is ignored. */
    public static SavedTranscript read(String text) {
        List<Entry> commands = new ArrayList<>();
        List<String> omitted = new ArrayList<>();
        StringBuilder shell = new StringBuilder();
        List<String> lines = List.of(text.split("(?<=\n)"));
        int next = 0;
        while (next < lines.size()) {
            if (!lines.get(next).startsWith(COMMAND)) {
                next++;
                continue;
            }
            StringBuilder command = new StringBuilder(lines.get(next++).substring(COMMAND.length()));
            while (next < lines.size() && lines.get(next).startsWith(CONTINUATION)) {
                command.append(lines.get(next++).substring(CONTINUATION.length()));
            }
            StringBuilder output = new StringBuilder();
            while (next < lines.size() && !lines.get(next).startsWith(COMMAND)) {
                output.append(lines.get(next++));
            }
            RanCommand ran = ran(command.toString().stripTrailing(), output.toString());
            String name = LearnedCheck.nameOf(ran.command(), Set.of());
            if (COLON.matcher(ran.command()).matches()) {
                omitted.add(name + ": a command of the prompt");
            } else if (ran.command().isBlank()) {
                omitted.add("an empty command");
            } else if (ran.exitCode() == INTERRUPTED) {
                omitted.add(name + ": Ctrl-C ended it");
            } else if (OF_SHELL.matcher(ran.command()).matches()
                    && ran.exitCode() == 0
                    && ran.output().get(Stream.OUTPUT).length == 0) {
                shell.append(ran.command()).append('\n');
                omitted.add(name + ": changes the shell; the commands after it begin with it");
            } else {
                RanCommand all = new RanCommand(
                        shell + ran.command(), ran.exitCode(), ran.output(), ran.cut(), Optional.empty(), Map.of());
                commands.add(new Entry(ran.command(), all));
            }
        }
        return new SavedTranscript(commands, omitted);
    }

    private static RanCommand ran(String command, String block) {
        String output = block;
        int exitCode = 0;
        int lastLine = output.lastIndexOf('\n', output.length() - 2) + 1;
        Matcher end = EXIT_CODE.matcher(output.substring(lastLine).strip());
        if (end.matches()) {
            exitCode = Integer.parseInt(end.group(1));
            output = output.substring(0, lastLine);
        }
        boolean cut = output.endsWith(CUT);
        return new RanCommand(
                command,
                exitCode,
                Map.of(
                        Stream.OUTPUT,
                        (cut ? output.substring(0, output.length() - CUT.length()) : output)
                                .getBytes(StandardCharsets.UTF_8)),
                cut,
                Optional.empty(),
                Map.of());
    }
}
