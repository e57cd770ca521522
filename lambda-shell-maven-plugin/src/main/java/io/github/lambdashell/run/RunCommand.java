package io.github.lambdashell.run;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.SecretMask;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.report.ReportLog;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs one command in a stack and writes its output to this process's own streams while it arrives. */
public final class RunCommand {
    private RunCommand() {}

    /** Notes a command that this machine's locale has damaged: Java replaces what it can't decode by U+FFFD. */
    public static void check(String command, Problems problems) {
        problems.require(
                command.indexOf('\uFFFD') < 0,
                "command (lshell.command) contains characters that this machine's locale can't decode: " + command
                        + "; run Maven with LC_ALL=C.UTF-8, or pass the command as a script to lshell:interactive");
    }

    /**
     * Runs a command.
     *
     * @param stack the stack to use
     * @param handler the project's handler beside the command
     * @param secretVariables variables whose values are masked in the output
     * @throws RunFailure if its exit code is not 0
     * @throws io.github.lambdashell.config.ShellException if it could not be run
     */
    public static void run(
            Target target,
            StackLease.Request stack,
            String command,
            Optional<ProjectHandler> handler,
            List<String> secretVariables,
            ReportLog log,
            DeployListener listener)
            throws RunFailure, InterruptedException {
        Secrets secrets = Targets.secrets(target, stack.config(), secretVariables, Stream.empty());
        try (StackLease lease = HandlerRuntime.take(target, stack, handler.stream(), listener)) {
            Connection connection = Connection.to(lease.stack(), target, stack.home());
            SecretMask output = new SecretMask(new StandardStreams(), secrets);
            ShellResult result;
            try {
                ShellRequest request = ShellRequest.command(command);
                handler.ifPresent(request::handler);
                result = connection.function().invoke(request, output);
            } finally {
                output.flush();
            }
            if (!result.stragglers().isEmpty()) {
                log.warn("Processes were still running when the shell had ended; their later output is not shown: "
                        + result.stragglers().shown());
            }
            RunFailure.throwIfAny(failure("The command", result.exitCode(), result.timedOut(), connection));
        }
    }

    /**
     * Returns how a command failed; empty if its exit code is 0.
     *
     * @param subject the command, as the message's first words
     */
    static Optional<String> failure(String subject, int exitCode, boolean timedOut, Connection connection) {
        if (timedOut) {
            return Optional.of(subject + " was ended by " + connection.stack().timeoutText() + ", with exit code "
                    + exitCode + "; set a longer timeout (lshell.timeout)");
        }
        return exitCode == 0 ? Optional.empty() : Optional.of(subject + " ended with exit code " + exitCode);
    }
}
