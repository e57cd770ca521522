package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import java.util.List;
import org.jline.reader.SyntaxError;
import org.jline.reader.impl.DefaultParser;

/** Takes a colon command's arguments apart. */
final class Arguments {
    private Arguments() {}

    /**
     * Words, with quotes and backslashes as in a shell.
     *
     * @throws ShellException when there are too few or too many
     */
    static List<String> words(ColonCommand command, String arguments, int least, int most) {
        List<String> words;
        try {
            words = arguments.isEmpty()
                    ? List.of()
                    : new DefaultParser()
                            .eofOnUnclosedQuote(true)
                            .parse(arguments, arguments.length())
                            .words();
        } catch (SyntaxError e) {
            throw usage(command, "A quote is open");
        }
        // A blank at the end would be the beginning of an empty word.
        words = words.stream().filter(word -> !word.isEmpty()).toList();
        if (words.size() < least) {
            throw usage(command, "Something is missing");
        }
        if (words.size() > most) {
            throw usage(command, "That is more than :" + command.name() + " takes");
        }
        return words;
    }

    /** The words for a command that was not written as it should be. */
    static ShellException usage(ColonCommand command, String problem) {
        return new ShellException(problem, "Write :" + (command.name() + " " + command.arguments()).strip());
    }
}
