package io.github.lambdashell.run;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.protocol.SecretMask;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.report.ReportLog;
import java.util.Optional;

/** Runs one command and writes its output to this process's own streams while it arrives. */
public final class RunCommand {
    private final String command;

    /** @param command what the shell runs, not null */
    public RunCommand(String command) {
        this.command = command;
    }

    /** Java replaces what the locale could not read in an argument by U+FFFD, and the original is lost. */
    public void check(Problems problems) {
        problems.require(
                command.indexOf('\uFFFD') < 0,
                "lshell.command contains characters that this machine's locale could not read: " + command
                        + "; run Maven with LC_ALL=C.UTF-8, or pass the command as a script to lshell:interactive");
    }

    /**
     * Runs it.
     *
     * @return how it failed; empty if its exit code is 0
     * @throws io.github.lambdashell.config.ShellException if it could not be run
     */
    public Optional<String> run(ShellFunction function, Secrets secrets, ReportLog log) throws InterruptedException {
        ShellResult result;
        SecretMask output = new SecretMask(new StandardStreams(), secrets);
        try {
            result = function.invoke(ShellRequest.command(command), output);
        } finally {
            output.flush();
        }
        if (!result.stragglers().isEmpty()) {
            log.warn("processes were still running when the shell had ended, their later output is not shown: "
                    + result.stragglers().shown());
        }
        if (result.exitCode() == 0) {
            return Optional.empty();
        }
        String subject = result.timedOut() ? "The command reached the function's timeout and" : "The command";
        return Optional.of(subject + " ended with exit code " + result.exitCode());
    }
}
