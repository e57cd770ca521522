package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.Levenshtein;

/** The colon commands. */
public final class ColonCommands {
    /** In the order of the help. */
    private static final List<ColonCommand> ALL = List.of(
            new HelpCommand(),
            new InfoCommand(),
            new ReportCommand(),
            new WatchCommand(),
            new GetCommand(),
            new PutCommand(),
            new TimeoutCommand(),
            new KeepAliveCommand(),
            new EnvCommand(),
            new HistoryCommand(),
            new SaveCommand(),
            new EndpointCommand(),
            new ExitCommand());

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

    /** Returns whether a line is an existing colon command. */
    public static boolean isKnown(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches() && find(parts.group(1)).isPresent();
    }

    /** Returns whether the first argument of a command is a file on this machine. */
    public static boolean takesLocalFile(String command) {
        return command.startsWith(":")
                && find(command.substring(1))
                        .filter(ColonCommand::takesLocalFile)
                        .isPresent();
    }

    private static Optional<ColonCommand> find(String name) {
        return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    /**
     * Runs a colon command.
     *
     * @param line a line for which {@link #isColonCommand} is true
     * @throws ShellException if the command is unknown or fails
     * @throws DetachedException if the user did not wait for its end
     */
    public static void run(String line, PromptContext context) throws InterruptedException, DetachedException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(line);
        }
        String name = parts.group(1);
        ColonCommand command = find(name)
                .orElseThrow(() -> new ShellException(
                        "Unknown command ':" + name + "'",
                        "Did you mean ':" + nearest(name) + "'? :help lists all commands"));
        command.run(parts.group(2), context);
    }

    private static String nearest(String name) {
        return ALL.stream()
                .map(ColonCommand::name)
                .min(Comparator.comparingInt(known -> known.startsWith(name) ? 0 : Levenshtein.distance(name, known)))
                .orElseThrow();
    }
}
