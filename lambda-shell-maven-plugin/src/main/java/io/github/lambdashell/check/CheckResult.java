package io.github.lambdashell.check;

import io.github.lambdashell.protocol.Stragglers;
import io.github.lambdashell.target.InvocationReport;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one check.
 *
 * @param check the check, not null
 * @param status its outcome, not null
 * @param violations everything that did not hold, in the order of the vocabulary; empty unless FAILED
 * @param reason why it was SKIPPED, or what failed and what to do for ERROR; empty otherwise
 * @param attempts how often it ran, 0 when it did not
 * @param elapsed from the first try to the last one's end, pauses included, not null
 * @param run the last try, empty when no command ran
 */
public record CheckResult(
        Check check,
        Status status,
        List<Violation> violations,
        String reason,
        int attempts,
        Duration elapsed,
        Optional<Run> run) {
    public CheckResult {
        Objects.requireNonNull(check);
        Objects.requireNonNull(status);
        violations = List.copyOf(violations);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(elapsed);
        Objects.requireNonNull(run);
    }

    /** One that did not run. */
    public static CheckResult skipped(Check check, String reason) {
        return new CheckResult(check, Status.SKIPPED, List.of(), reason, 0, Duration.ZERO, Optional.empty());
    }

    /** One of which nothing is known but why. */
    public static CheckResult error(Check check, String reason, int attempts, Duration elapsed) {
        return new CheckResult(check, Status.ERROR, List.of(), reason, attempts, elapsed, Optional.empty());
    }

    /**
     * What is kept of a command that ran.
     *
     * @param exitCode the shell's
     * @param timedOut whether a deadline ended it
     * @param duration as measured beside the command, not null
     * @param sandbox the execution environment's id, not null
     * @param coldStart whether its request was the first there
     * @param metrics what the platform's report said, empty where none came
     * @param stdout of the command alone, not null
     * @param stderr of the command alone, not null
     * @param stragglers processes that still held the output when the shell had ended, not null
     */
    public record Run(
            int exitCode,
            boolean timedOut,
            Duration duration,
            String sandbox,
            boolean coldStart,
            Optional<InvocationReport> metrics,
            Excerpt stdout,
            Excerpt stderr,
            Stragglers stragglers) {
        public Run {
            Objects.requireNonNull(duration);
            Objects.requireNonNull(sandbox);
            Objects.requireNonNull(metrics);
            Objects.requireNonNull(stdout);
            Objects.requireNonNull(stderr);
            Objects.requireNonNull(stragglers);
        }
    }
}
