package io.github.lambdashell.session;

import io.github.lambdashell.protocol.HandlerResult;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of one step of an invocation.
 *
 * @param name the step's name, not null
 * @param skipped whether it did not run because an earlier step had failed; the other values are then empty
 * @param exitCode exit code of the shell, 128+n for signal n; for an event 0 if no invocation failed, otherwise 1
 * @param timedOut whether a timeout ended it
 * @param duration run time, measured in the function, not null
 * @param handler the result of the project's handler; empty for a command, not null
 * @param stdout standard output, or the handler's last response; not null
 * @param stderr standard error, or the handler's log; not null
 * @param output both streams in order of arrival, not null
 */
public record StepResult(
        String name,
        boolean skipped,
        int exitCode,
        boolean timedOut,
        Duration duration,
        Optional<HandlerResult> handler,
        Output stdout,
        Output stderr,
        Output output) {
    public StepResult {
        Objects.requireNonNull(name);
        Objects.requireNonNull(duration);
        Objects.requireNonNull(handler);
        Objects.requireNonNull(stdout);
        Objects.requireNonNull(stderr);
        Objects.requireNonNull(output);
    }
}
