package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.CommandResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last commands of a session with the state before them and their output, of which checks can be made. */
public final class RecentCommands {
    /** Maximum number of bytes of each stream. */
    static final int MAX_BYTES = 256 * 1024;

    private static final int KEPT = 20;

    private final List<Recent> commands = new ArrayList<>();

    /**
     * A command that ended.
     *
     * @param text the text for the shell, not null
     * @param state the session's state before it, not null
     * @param output its first bytes, without secrets; not null
     * @param result its result, not null
     */
    record Recent(String text, Optional<String> state, Captured output, CommandResult result) {}

    /**
     * Runs a command in the session and keeps it.
     *
     * @throws DetachedException if the user did not wait for its end
     */
    public CommandResult run(String text, PromptContext context, FrameListener listener)
            throws InterruptedException, DetachedException {
        Optional<String> state = context.session().state();
        Captured output = new Captured(MAX_BYTES);
        CommandResult result = context.runner().run(text, new Both(listener, output));
        commands.add(new Recent(text, state, output, result));
        if (commands.size() > KEPT) {
            commands.remove(0);
        }
        return result;
    }

    /**
     * Returns a command.
     *
     * @param back 1 for the last one
     * @throws ShellException if there is none
     */
    Recent last(int back) {
        if (back < 1 || back > commands.size()) {
            throw new ShellException(
                    commands.isEmpty()
                            ? "No command has run yet"
                            : "There is no command -" + back + "; the last " + commands.size() + " are kept",
                    "Run the command first, or use :check NAME -- COMMAND");
        }
        return commands.get(commands.size() - back);
    }

    private record Both(FrameListener first, FrameListener second) implements FrameListener {
        @Override
        public void stdout(byte[] bytes, int offset, int length) {
            first.stdout(bytes, offset, length);
            second.stdout(bytes, offset, length);
        }

        @Override
        public void stderr(byte[] bytes, int offset, int length) {
            first.stderr(bytes, offset, length);
            second.stderr(bytes, offset, length);
        }
    }
}
