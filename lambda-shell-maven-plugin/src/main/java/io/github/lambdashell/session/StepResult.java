package io.github.lambdashell.session;

import java.time.Duration;
import java.util.Objects;

/**
 * The result of one step of an invocation.
 *
 * @param name the step's name, not null
 * @param skipped whether it did not run because an earlier step had failed; the other values are then empty
 * @param exitCode exit code of the shell, 128+n for signal n
 * @param timedOut whether a timeout ended it
 * @param duration run time, measured in the function, not null
 * @param stdout standard output, not null
 * @param stderr standard error, not null
 * @param output both streams in order of arrival, not null
 */
public record StepResult(
        String name,
        boolean skipped,
        int exitCode,
        boolean timedOut,
        Duration duration,
        Output stdout,
        Output stderr,
        Output output) {
    public StepResult {
        Objects.requireNonNull(name);
        Objects.requireNonNull(duration);
        Objects.requireNonNull(stdout);
        Objects.requireNonNull(stderr);
        Objects.requireNonNull(output);
    }
}
