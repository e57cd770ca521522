package io.github.lambdashell.console;

import io.github.lambdashell.console.completion.ShellWord;
import java.util.function.Predicate;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells JLine when a command is all there, and which word of it is to be completed. */
final class ShellParser implements Parser {
    private final Predicate<String> isOpen;

    /**
     * @param isOpen whether a command goes on in another line
     */
    ShellParser(Predicate<String> isOpen) {
        this.isOpen = isOpen;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && isOpen.test(line)) {
            throw new EOFError(-1, -1, "the command goes on");
        }
        return ShellWord.at(line, cursor);
    }
}
