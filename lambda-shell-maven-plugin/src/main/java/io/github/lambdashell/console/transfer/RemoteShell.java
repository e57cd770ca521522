package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.CommandResult;
import io.github.lambdashell.session.ShellSession;
import java.util.Optional;

/** Runs the scripts of a transfer, all in one sandbox, because no other one has its files. */
final class RemoteShell {
    /** Enough for the names of half a million files, or for a chunk. */
    private static final int MAX_OUTPUT_BYTES = 64 << 20;

    /** Exit code of a script whose directory is read-only. */
    static final int READ_ONLY = 30;

    private final ShellSession session;
    private Optional<String> id = Optional.empty();

    RemoteShell(ShellSession session) {
        this.session = session;
    }

    /**
     * Runs a script in a plain shell.
     *
     * @throws ShellException if it fails, or another sandbox ran it
     */
    private Captured run(ShellRequest request) throws InterruptedException {
        Captured output = new Captured(MAX_OUTPUT_BYTES);
        CommandResult result = session.runPlain(request, output);
        if (result.exitCode() != 0) {
            throw new ShellException(
                    output.stderr().isEmpty()
                            ? "The transfer ended with exit code " + result.exitCode()
                            : output.stderr(),
                    result.timedOut()
                            ? "Deploy with a longer timeout (lshell.timeout)"
                            : result.exitCode() == READ_ONLY
                                    ? "Specify a directory in /tmp, as in :put FILE /tmp"
                                    : "Check the path with ls -la");
        }
        if (output.isCut()) {
            throw new ShellException("The directory has too many files", "Transfer its subdirectories one by one");
        }
        if (id.isPresent() && !id.equals(session.sandbox())) {
            throw new ShellException(
                    "Another sandbox runs the commands now, which does not have the files",
                    "Create the files again, then repeat the transfer");
        }
        id = session.sandbox();
        return output;
    }

    /** Runs a script in the session's directory. */
    Captured runHere(ShellRequest request) throws InterruptedException {
        session.workingDirectory().ifPresent(request::workingDirectory);
        return run(request);
    }

    /** Runs a script in a directory. */
    Captured run(String directory, ShellRequest request) throws InterruptedException {
        return run(request.workingDirectory(directory));
    }
}
