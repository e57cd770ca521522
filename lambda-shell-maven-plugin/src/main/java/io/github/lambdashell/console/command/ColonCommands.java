package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.Levenshtein;

/** The colon commands. */
public final class ColonCommands {
    private static final ColonCommand EXIT = new ExitCommand();

    /** In the order of the help. */
    private static final List<ColonCommand> ALL = List.of(
            new HelpCommand(),
            new InfoCommand(),
            new ReportCommand(),
            new InvokeCommand(),
            new HandlerCommand(),
            new CheckCommand(),
            new WatchCommand(),
            new GetCommand(),
            new PutCommand(),
            new TimeoutCommand(),
            new KeepAliveCommand(),
            new EnvCommand(),
            new HistoryCommand(),
            new SaveCommand(),
            new EndpointCommand(),
            EXIT);

    /** A letter follows the colon at once: {@code : word} is a command of the shell. */
    private static final Pattern LINE = Pattern.compile("\\s*:([A-Za-z]\\S*)\\s*(.*?)\\s*", Pattern.DOTALL);

    private ColonCommands() {}

    /** Returns all commands, in the order of the help. */
    public static List<ColonCommand> all() {
        return ALL;
    }

    /** Returns whether a line is for the prompt and not for the shell. */
    public static boolean isColonCommand(String line) {
        return LINE.matcher(line).matches();
    }

    /** Returns whether a line is an existing colon command with its full name. */
    public static boolean isKnown(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                && ALL.stream().anyMatch(command -> command.name().equals(parts.group(1)));
    }

    /** Returns whether a line ends the session, with or without an exit code, which is ignored. */
    public static boolean isExit(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                && parts.group(2).matches("(?:\\d{1,3})?")
                && find(parts.group(1)).equals(List.of(EXIT));
    }

    /** Returns the names that can complete the argument of a line of the prompt. */
    public static List<String> completions(String line) {
        return Stream.concat(EventArguments.completions(line).stream(), CheckCommand.completions(line).stream())
                .toList();
    }

    /** Returns whether the first argument of a command is a file on this machine. */
    public static boolean takesLocalFile(String command) {
        return command.startsWith(":") && find(command.substring(1)).stream().anyMatch(ColonCommand::takesLocalFile);
    }

    /** Returns the command with a name, or those whose names begin with it. */
    private static List<ColonCommand> find(String name) {
        List<ColonCommand> found =
                ALL.stream().filter(command -> command.name().startsWith(name)).toList();
        return found.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .map(List::of)
                .orElse(found);
    }

    /**
     * Runs a colon command.
     *
     * @param line a line for which {@link #isColonCommand} is true
     * @throws ShellException if the command is unknown, ambiguous, or fails
     * @throws DetachedException if the user did not wait for its end
     */
    public static void run(String line, PromptContext context) throws InterruptedException, DetachedException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(line);
        }
        String name = parts.group(1);
        List<ColonCommand> found = find(name);
        if (found.isEmpty()) {
            throw new ShellException(
                    "Unknown command ':" + name + "'",
                    "Did you mean ':" + nearest(name) + "'? :help lists all commands");
        }
        if (found.size() > 1) {
            String names = found.stream().map(command -> ":" + command.name()).collect(Collectors.joining(", "));
            throw new ShellException("':" + name + "' is ambiguous", "It can be " + names);
        }
        found.get(0).run(parts.group(2), context);
    }

    private static String nearest(String name) {
        return ALL.stream()
                .map(ColonCommand::name)
                .min(Comparator.comparingInt(known -> Levenshtein.distance(name, known)))
                .orElseThrow();
    }
}
