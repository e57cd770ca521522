package io.github.lambdashell.console;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.command.ColonCommands;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.session.ShellSession;
import java.util.function.Predicate;
import org.jline.reader.UserInterruptException;

/** Tells commands that go on in another line: by the remote shell's own opinion, where there can be two. */
final class OpenCommands implements Predicate<String> {
    private final ShellSession session;

    OpenCommands(ShellSession session) {
        this.session = session;
    }

    @Override
    public boolean test(String command) {
        if (command.isBlank() || ColonCommands.isOne(command) || Completeness.isSurelyWhole(command)) {
            return false;
        }
        try {
            return session.syntaxOf(command) == ShellResult.Syntax.INCOMPLETE;
        } catch (ShellException e) {
            // Running it will say the same, and where it can be read.
            return false;
        } catch (InterruptedException e) {
            throw new UserInterruptException(command);
        }
    }
}
