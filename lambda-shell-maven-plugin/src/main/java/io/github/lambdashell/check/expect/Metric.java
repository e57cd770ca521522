package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.target.InvocationReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Expects a number in the platform's report of the invocation.
 *
 * @param kind the number, not null
 * @param comparison the expected value, not null
 */
public record Metric(Kind kind, Comparison comparison) implements Expectation {
    /** The numbers of the report. */
    public enum Kind {
        /** The duration of the initialization; only a cold start has one. */
        INIT_DURATION("initDuration", Unit.MILLISECONDS),
        /** The billed duration. */
        BILLED_DURATION("billedDuration", Unit.MILLISECONDS),
        /** The maximum memory that the sandbox has used so far. */
        MAX_MEMORY_USED("maxMemoryUsed", Unit.MEGABYTES);

        private final String word;
        private final Unit unit;

        Kind(String word, Unit unit) {
            this.word = word;
            this.unit = unit;
        }

        /** Returns its name in the vocabulary. */
        public String word() {
            return word;
        }

        /** Returns its unit. */
        public Unit unit() {
            return unit;
        }

        private Optional<BigDecimal> of(InvocationReport metrics) {
            return switch (this) {
                case INIT_DURATION -> metrics.initDuration().map(Kind::millis);
                case BILLED_DURATION -> Optional.of(millis(metrics.billedDuration()));
                case MAX_MEMORY_USED -> Optional.of(BigDecimal.valueOf(metrics.maxMemoryUsed()));
            };
        }

        private static BigDecimal millis(Duration duration) {
            return BigDecimal.valueOf(duration.toMillis());
        }
    }

    @Override
    public List<Violation> violations(Observation seen) {
        if (seen.metrics().isEmpty()) {
            return List.of(Violation.of(kind.word() + " is unknown: no report of the invocation arrived"));
        }
        return kind.of(seen.metrics().get())
                .map(value -> comparison.ofQuantity(kind.word(), value, kind.unit()))
                .orElseGet(() -> List.of(Violation.of(
                        kind.word() + " is unknown: only a cold start has one, but the sandbox was warm")));
    }
}
