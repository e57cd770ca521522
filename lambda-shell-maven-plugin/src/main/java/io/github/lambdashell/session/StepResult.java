package io.github.lambdashell.session;

import java.time.Duration;
import java.util.Objects;

/**
 * What one step of an invocation did.
 *
 * @param name the step's name, not null
 * @param skipped whether it did not run because an earlier step had failed; the rest is then empty
 * @param exitCode the shell's, 128+n for signal n
 * @param timedOut whether a deadline ended it
 * @param duration as measured beside the command, not null
 * @param stdout standard output, not null
 * @param stderr standard error, not null
 * @param output both, in the order in which they came, not null
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
