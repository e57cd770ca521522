package io.github.lambdashell.run;

import io.github.lambdashell.check.binding.TextFiles;
import io.github.lambdashell.console.terminal.Terminals;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The command in a file or on standard input. */
public final class CommandFile {
    /** The name of standard input. */
    private static final String INPUT = "-";

    private CommandFile() {}

    /**
     * Reads the command.
     *
     * @param name a file, or {@code -} for standard input
     * @param directory the base of a relative name
     * @throws IllegalArgumentException if there is no command that can be run; the message follows the parameter's name
     * @throws io.github.lambdashell.config.ShellException for standard input in the Maven daemon
     */
    public static String read(String name, Path directory) {
        try {
            if (name.equals(INPUT)) {
                StandardStreams.requireInput();
                if (Terminals.isInputTerminal()) {
                    throw new IllegalArgumentException(
                            "is standard input, which is a terminal; redirect it, for example"
                                    + " mvn -q lshell:exec -Dlshell.commandFile=- < script.sh");
                }
                return TextFiles.command(System.in.readNBytes(TextFiles.MAX_COMMAND + 1), "standard input");
            }
            if (name.matches("(?i).*\\.(ya?ml|json)")) {
                throw new IllegalArgumentException("must be a script for the shell, but is '" + name
                        + "'; for a file with checks, use commandsFile (lshell.commandsFile)");
            }
            Path file = directory.resolve(name).normalize();
            return TextFiles.command(TextFiles.read(file, TextFiles.MAX_COMMAND), file.toString());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("can't be read from standard input: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("was not read: the goal was interrupted", e);
        }
    }
}
