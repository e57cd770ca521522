package io.github.lambdashell.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.FunctionClient;
import io.github.lambdashell.protocol.SecretMask;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.report.ReportLog;
import io.github.lambdashell.session.Stragglers;
import java.util.Optional;

/** One command of the command line, whose output goes to this process's own streams as it comes. */
public final class SingleCommand {
    private final String command;

    /** @param command what the shell runs, not null */
    public SingleCommand(String command) {
        this.command = command;
    }

    /** Java puts U+FFFD where the locale could not read an argument, and what stood there is lost. */
    public void check(Problems problems) {
        problems.require(
                command.indexOf('\uFFFD') < 0,
                "lshell.command holds characters that this machine's locale could not read: " + command
                        + "; run Maven with LC_ALL=C.UTF-8, or give the command as a script to lshell:interactive");
    }

    /**
     * Runs it.
     *
     * @return how it failed; empty when its exit code is 0
     * @throws ShellException when it could not be run
     */
    public Optional<String> run(FunctionClient function, Secrets secrets, ReportLog log) throws InterruptedException {
        JsonNode result;
        SecretMask output = new SecretMask(new StandardStreams(), secrets);
        try {
            result = function.invoke(ShellRequest.command(command), output).result();
        } finally {
            output.flush();
        }
        Stragglers stragglers = Stragglers.of(result);
        if (!stragglers.isEmpty()) {
            log.warn("still running when the shell had ended, its later output is not shown: " + stragglers.shown());
        }
        int exitCode = result.path("exitCode").asInt();
        if (exitCode == 0) {
            return Optional.empty();
        }
        String who =
                result.path("timedOut").asBoolean() ? "The command ran into the function's timeout and" : "The command";
        return Optional.of(who + " ended with exit code " + exitCode);
    }
}
