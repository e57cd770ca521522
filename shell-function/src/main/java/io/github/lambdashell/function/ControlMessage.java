package io.github.lambdashell.function;

import io.github.lambdashell.function.shell.RunningCommand;
import io.github.lambdashell.function.shell.Signal;
import java.util.Arrays;

/** What the client has to say to a running command. */
final class ControlMessage {
    final byte[] stdin;
    final boolean closeStdin;

    /** Null for none. */
    final Signal signal;

    /** Where the next message will be; null when none follows. */
    final String next;

    /** @throws RefusalException when it is not as the protocol has it */
    ControlMessage(Members members) throws RefusalException {
        stdin = members.bytes("stdin");
        closeStdin = members.flag("closeStdin");
        signal = signal(members.text("signal"));
        next = members.text("next");
    }

    private static Signal signal(String name) throws RefusalException {
        if (name == null) {
            return null;
        }
        return Arrays.stream(Signal.values())
                .filter(signal -> signal.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RefusalException.badRequest("`signal` must be INT, TERM or KILL"));
    }

    /**
     * Does what it says about standard input.
     *
     * @return false when the command had ended before
     */
    boolean feed(RunningCommand command) {
        boolean fed = command.feed(stdin);
        if (closeStdin) {
            command.endInput();
        }
        return fed;
    }
}
