package io.github.lambdashell.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.invoke.FrameListener;
import io.github.lambdashell.invoke.FunctionClient;
import io.github.lambdashell.invoke.Invocation;
import io.github.lambdashell.invoke.ShellRequest;
import java.util.Optional;

/**
 * One shell session: its directory, variables, functions and options go with every command and come back with its
 * result, so that the session goes on in whatever sandbox answers next. Used by one thread.
 */
public final class ShellSession {
    private final FunctionClient function;
    private String state;
    private String sandbox;
    private String workingDirectory;

    public ShellSession(FunctionClient function) {
        this.function = function;
    }

    /**
     * What one command came to.
     *
     * @param exitCode the shell's, 128+n for signal n
     * @param timedOut whether a deadline ended it
     * @param stateLost why what it changed in the shell did not carry over; empty when it did
     * @param sandboxChanged whether another sandbox answered than last time, so that files in /tmp and background
     *     processes are gone
     * @param metrics what the REPORT line said; empty where the endpoint sent no log
     */
    public record CommandResult(
            int exitCode,
            boolean timedOut,
            Optional<String> stateLost,
            boolean sandboxChanged,
            Optional<Metrics> metrics) {}

    /** Runs one command in the session; its output goes to the listener as it comes. */
    public CommandResult run(String command, FrameListener listener) throws InterruptedException {
        Invocation invocation = function.invoke(ShellRequest.command(command).state(state), listener);
        JsonNode result = invocation.result();
        Optional<String> stateLost = Optional.empty();
        if (result.path("stateCaptured").asBoolean()) {
            state = result.path("state").asText();
            workingDirectory = result.path("workingDirectory").asText();
        } else {
            stateLost = Optional.of(result.path("stateReason").asText("the shell did not say what it left"));
        }
        String answered = result.path("sandbox").asText();
        boolean changed = sandbox != null && !sandbox.equals(answered);
        sandbox = answered;
        return new CommandResult(
                result.path("exitCode").asInt(),
                result.path("timedOut").asBoolean(),
                stateLost,
                changed,
                ReportLine.parse(invocation.log()));
    }

    /** Where the next command runs; empty before the first. */
    public Optional<String> workingDirectory() {
        return Optional.ofNullable(workingDirectory);
    }
}
