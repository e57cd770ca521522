package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Percentile;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.protocol.HandlerResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Expects a figure of the project's handler.
 *
 * @param kind the figure, not null
 * @param comparison the expected value, not null
 */
public record HandlerFigure(Kind kind, Comparison comparison) implements Expectation {
    private static final String NO_INVOCATION = "no counted invocation ran";

    /** The figures. */
    public enum Kind {
        HANDLER_INIT(
                "handlerInit",
                Unit.MILLISECONDS,
                result -> result.init().map(Kind::millis),
                "an earlier check started the handler; set isolate: true"),
        RESTORE_DURATION(
                "restoreDuration",
                Unit.MILLISECONDS,
                result -> result.restore().map(Kind::millis),
                "there was no restore in this check; set snapStart: true, and isolate: true where an earlier check"
                        + " started the handler"),
        MAX_DURATION("duration max", Unit.MILLISECONDS, result -> percentile(result, 100), NO_INVOCATION),
        P50_DURATION("duration p50", Unit.MILLISECONDS, result -> percentile(result, 50), NO_INVOCATION),
        P95_DURATION("duration p95", Unit.MILLISECONDS, result -> percentile(result, 95), NO_INVOCATION),
        MAX_MEMORY(
                "maxMemory",
                Unit.MEGABYTES,
                result -> Optional.of(result.maxMemoryBytes())
                        .filter(bytes -> bytes > 0)
                        .map(Kind::megabytes),
                "the handler's process could not be measured"),
        DESCRIPTORS("growth of descriptors", Unit.NUMBER, growth(HandlerResult.Growth::descriptors)),
        THREADS("growth of threads", Unit.NUMBER, growth(HandlerResult.Growth::threads)),
        TMP("growth of tmp", Unit.MEGABYTES, result -> result.growth().map(growth -> megabytes(growth.tmpBytes()))),
        HEAP("growth of heap", Unit.MEGABYTES, result -> result.growth()
                .flatMap(growth -> growth.heapBytes().isPresent()
                        ? Optional.of(megabytes(growth.heapBytes().getAsLong()))
                        : Optional.empty()));

        private final String subject;
        private final Unit unit;
        private final Function<HandlerResult, Optional<BigDecimal>> value;
        private final String unknown;

        Kind(String subject, Unit unit, Function<HandlerResult, Optional<BigDecimal>> value) {
            this(subject, unit, value, "the handler's process did not survive the invocations");
        }

        Kind(String subject, Unit unit, Function<HandlerResult, Optional<BigDecimal>> value, String unknown) {
            this.subject = subject;
            this.unit = unit;
            this.value = value;
            this.unknown = unknown;
        }

        /** Returns its unit. */
        public Unit unit() {
            return unit;
        }

        /** Returns the value; empty if it is unknown. */
        Optional<BigDecimal> of(HandlerResult result) {
            return value.apply(result);
        }

        private static Function<HandlerResult, Optional<BigDecimal>> growth(
                Function<HandlerResult.Growth, Long> member) {
            return result -> result.growth().map(member).map(BigDecimal::valueOf);
        }

        private static Optional<BigDecimal> percentile(HandlerResult result, int percent) {
            return Percentile.of(result.durations(), percent).map(Kind::millis);
        }

        private static BigDecimal millis(Duration duration) {
            return BigDecimal.valueOf(duration.toNanos(), 6).stripTrailingZeros();
        }

        private static BigDecimal megabytes(long bytes) {
            return BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(1L << 20), 20, RoundingMode.UNNECESSARY);
        }
    }

    @Override
    public List<Violation> violations(Observation seen) {
        HandlerResult result = Stream.handler(seen.command());
        Optional<BigDecimal> value = kind.of(result);
        if (value.isPresent()) {
            return comparison.ofQuantity(kind.subject, value.get(), kind.unit);
        }
        String reason = kind == Kind.HEAP && result.growth().isPresent()
                ? result.heapReason().orElse("the JVM offers no measurement")
                : kind.unknown;
        return List.of(Violation.of(kind.subject + " is unknown: " + reason));
    }
}
