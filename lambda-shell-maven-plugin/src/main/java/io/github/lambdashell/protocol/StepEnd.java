package io.github.lambdashell.protocol;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The end of one step.
 *
 * @param name the step's name, not null
 * @param skipped whether it did not run because an earlier step failed; the other values are then 0 and false
 * @param exitCode exit code of the shell, 128+n for signal n; for an event 0 if no invocation failed, otherwise 1
 * @param timedOut whether a timeout ended it
 * @param duration run time, measured in the function, not null
 * @param handler the result of the project's handler; empty for a command, not null
 */
public record StepEnd(
        String name,
        boolean skipped,
        int exitCode,
        boolean timedOut,
        Duration duration,
        Optional<HandlerResult> handler) {
    public StepEnd {
        Objects.requireNonNull(name);
        Objects.requireNonNull(duration);
        Objects.requireNonNull(handler);
    }
}
