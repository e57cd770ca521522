package io.github.lambdashell.console;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.command.ColonCommands;
import io.github.lambdashell.console.completion.ShellWord;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.session.ShellSession;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;

/** Decides for JLine whether a command is complete, and finds the word that TAB completes. */
final class ShellParser implements Parser {
    private final ShellSession session;

    /** @param session its remote shell is asked about commands that may be incomplete */
    ShellParser(ShellSession session) {
        this.session = session;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && isIncomplete(line)) {
            throw new EOFError(-1, -1, "the command is incomplete");
        }
        return ShellWord.at(line, cursor);
    }

    private boolean isIncomplete(String command) {
        if (command.isBlank() || ColonCommands.isColonCommand(command) || Completeness.isCertain(command)) {
            return false;
        }
        try {
            return session.syntaxOf(command) == ShellResult.Syntax.INCOMPLETE;
        } catch (ShellException e) {
            // Running the command fails in the same way, and shows why.
            return false;
        } catch (InterruptedException e) {
            throw new UserInterruptException(command);
        }
    }
}
