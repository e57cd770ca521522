package io.github.lambdashell.console.command;

import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jline.reader.SyntaxError;
import org.jline.reader.impl.DefaultParser;

/** A command to the prompt itself, typed with a colon in front. It has no state: the session is passed to it. */
public abstract class ColonCommand {
    private final String name;
    private final String arguments;
    private final String summary;

    /**
     * @param name without the colon
     * @param arguments the arguments as the help shows them; empty for none
     * @param summary a few words for the help
     */
    ColonCommand(String name, String arguments, String summary) {
        this.name = name;
        this.arguments = arguments;
        this.summary = summary;
    }

    /** Returns its name without the colon. */
    public final String name() {
        return name;
    }

    final String summary() {
        return summary;
    }

    /** Returns how to write it, for example {@code :save FILE}. */
    final String usage() {
        return (":" + name + " " + arguments).strip();
    }

    /** Returns whether its first argument is a file on this machine. */
    boolean takesLocalFile() {
        return false;
    }

    /**
     * Runs the command.
     *
     * @param text what follows the name, without the blanks around it
     * @throws ShellException if it can't be done
     * @throws DetachedException if the user did not wait for its end
     */
    abstract void run(String text, PromptContext context) throws InterruptedException, DetachedException;

    final ShellException wrongUsage(String problem) {
        return new ShellException(problem, "Use " + usage());
    }

    /**
     * Parses a duration; a plain number is in seconds.
     *
     * @param subject the duration, as the message's first words
     * @throws ShellException if the text is not a duration
     */
    final Duration duration(String subject, String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(subject + " is " + e.getMessage());
        }
    }

    /**
     * Splits arguments into words, with quotes and backslashes as in a shell.
     *
     * @throws ShellException if there are fewer than {@code min} or more than {@code max}
     */
    final List<String> words(String text, int min, int max) {
        List<String> words = split(text, name);
        if (words.size() < min) {
            throw wrongUsage("An argument of :" + name + " is missing");
        }
        if (words.size() > max) {
            throw wrongUsage(":" + name + " has too many arguments");
        }
        return words;
    }

    /**
     * Splits the arguments of a command into words.
     *
     * @throws ShellException if a quote is not closed
     */
    static List<String> split(String text, String name) {
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            // After a blank at the end, an empty word begins.
            return new DefaultParser()
                    .eofOnUnclosedQuote(true).parse(text, text.length()).words().stream()
                            .filter(word -> !word.isEmpty())
                            .toList();
        } catch (SyntaxError e) {
            throw new ShellException(
                    "A quote in the arguments of :" + name + " is not closed", "Close it, or escape it");
        }
    }

    /**
     * Returns a path on this machine.
     *
     * @param text a tilde at its beginning is the home directory
     * @throws ShellException if it is not a path on this system
     */
    static Path localPath(String text) {
        try {
            return text.equals("~") || text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home") + text.substring(1))
                    : Path.of(text);
        } catch (InvalidPathException e) {
            throw new ShellException("'" + text + "' is not a path on this machine", "Specify a local file", e);
        }
    }
}
