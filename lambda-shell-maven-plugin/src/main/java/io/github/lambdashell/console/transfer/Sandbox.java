package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.CommandResult;
import io.github.lambdashell.session.ShellSession;
import java.util.Optional;

/** The one sandbox that a transfer is with: its files are in no other. */
final class Sandbox {
    /** Names of half a million files, or one chunk. */
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private final ShellSession session;
    private Optional<String> id = Optional.empty();

    Sandbox(ShellSession session) {
        this.session = session;
    }

    /**
     * Runs a script in a plain shell.
     *
     * @throws ShellException when it fails, or another sandbox answered
     */
    private Captured run(ShellRequest request) throws InterruptedException {
        Captured output = new Captured(MAX_ANSWER_BYTES);
        CommandResult result = session.runPlain(request, output);
        if (result.exitCode() != 0) {
            throw new ShellException(
                    output.stderr().isEmpty() ? "It ended with exit code " + result.exitCode() : output.stderr(),
                    result.timedOut()
                            ? "The function's timeout came first: deploy with a longer one"
                            : "See what is there with ls -la");
        }
        if (output.isCut()) {
            throw new ShellException("There are too many files in it", "Transfer its directories one by one");
        }
        if (id.isPresent() && !id.equals(session.sandbox())) {
            throw new ShellException(
                    "Another sandbox answers now, where the files are not", "Make them there again, then repeat this");
        }
        id = session.sandbox();
        return output;
    }

    /** Runs a script where the session's next command would run. */
    Captured runHere(ShellRequest request) throws InterruptedException {
        session.workingDirectory().ifPresent(request::workingDirectory);
        return run(request);
    }

    /** Runs a script in a directory. */
    Captured run(String directory, ShellRequest request) throws InterruptedException {
        return run(request.workingDirectory(directory));
    }
}
