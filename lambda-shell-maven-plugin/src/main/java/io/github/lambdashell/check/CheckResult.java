package io.github.lambdashell.check;

import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.protocol.Stragglers;
import io.github.lambdashell.target.InvocationReport;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of a check, without secrets.
 *
 * @param check the check, not null
 * @param status its status, not null
 * @param violations all expectations that are not met, in the order of the vocabulary; empty unless FAILED or
 *     WAIVED
 * @param reason why it was SKIPPED or WAIVED, the problem and its remedy for ERROR, the note on a waiver that PASSED makes
 *     unnecessary; empty otherwise
 * @param attempts the number of attempts, 0 when it did not run
 * @param elapsed the time of all attempts and the pauses between them, not null
 * @param run the last attempt, empty when no command ran
 * @param captures captured values by name, not null
 */
public record CheckResult(
        Check check,
        Status status,
        List<Violation> violations,
        String reason,
        int attempts,
        Duration elapsed,
        Optional<Run> run,
        Map<String, String> captures) {
    public CheckResult {
        Objects.requireNonNull(check);
        Objects.requireNonNull(status);
        violations = List.copyOf(violations);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(elapsed);
        Objects.requireNonNull(run);
        captures = Collections.unmodifiableMap(new LinkedHashMap<>(captures));
    }

    /** Returns what is wrong, in one line: the first violation and the number of others, or the reason of an error. */
    public String problem() {
        if (violations.isEmpty()) {
            return reason.lines().findFirst().orElse("");
        }
        int more = violations.size() - 1;
        return violations.get(0).text() + (more == 0 ? "" : ", and " + Text.count(more, "more violation"));
    }

    /** Returns the result of a check that did not run. */
    public static CheckResult skipped(Check check, String reason) {
        return new CheckResult(check, Status.SKIPPED, List.of(), reason, 0, Duration.ZERO, Optional.empty(), Map.of());
    }

    /** Returns the result with a waiver taken into account. */
    public CheckResult with(Waiver waiver, Clock clock) {
        if (status == Status.PASSED) {
            return new CheckResult(check, status, violations, waiver.unnecessary(), attempts, elapsed, run, captures);
        }
        if (status == Status.FAILED && waiver.holds(clock)) {
            return new CheckResult(check, Status.WAIVED, violations, waiver.waived(), attempts, elapsed, run, captures);
        }
        if (status == Status.FAILED) {
            List<Violation> withEnd = new ArrayList<>(List.of(Violation.of(waiver.ended())));
            withEnd.addAll(violations);
            return new CheckResult(check, status, withEnd, reason, attempts, elapsed, run, captures);
        }
        return this;
    }

    /** Returns the result of a check that could not be judged. */
    public static CheckResult error(Check check, String reason, int attempts, Duration elapsed) {
        return new CheckResult(check, Status.ERROR, List.of(), reason, attempts, elapsed, Optional.empty(), Map.of());
    }

    /**
     * A command that ran, or an event that was passed to the project's handler.
     *
     * @param exitCode the shell's exit code; for an event 0 if no invocation failed, otherwise 1
     * @param timedOut whether a timeout ended it
     * @param duration measured beside the command, not null
     * @param sandbox the execution environment's id, not null
     * @param coldStart whether its request was the first in the sandbox
     * @param metrics the platform's report, empty where none arrived
     * @param handler the result of the handler, empty for a command; not null
     * @param stdout of the command alone, or the handler's last response; not null
     * @param stderr of the command alone, or the handler's log; not null
     * @param stragglers processes that still held the output when the shell had ended, not null
     * @param samples all execution environments of a check that is sampled, of which this is one; otherwise empty, not null
     */
    public record Run(
            int exitCode,
            boolean timedOut,
            Duration duration,
            String sandbox,
            boolean coldStart,
            Optional<InvocationReport> metrics,
            Optional<HandlerResult> handler,
            Excerpt stdout,
            Excerpt stderr,
            Stragglers stragglers,
            List<Samples.Sample> samples) {
        public Run {
            Objects.requireNonNull(duration);
            Objects.requireNonNull(sandbox);
            Objects.requireNonNull(metrics);
            Objects.requireNonNull(handler);
            Objects.requireNonNull(stdout);
            Objects.requireNonNull(stderr);
            Objects.requireNonNull(stragglers);
            samples = List.copyOf(samples);
        }

        /** Returns the samples in words; empty for a check that is not sampled. */
        public Optional<SampleSummary> sampled() {
            return samples.isEmpty() ? Optional.empty() : Optional.of(SampleSummary.of(samples));
        }
    }
}
