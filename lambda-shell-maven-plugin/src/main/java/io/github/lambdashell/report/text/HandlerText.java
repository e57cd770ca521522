package io.github.lambdashell.report.text;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Percentile;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.protocol.HandlerEvent;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.target.code.Sizes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The figures and errors of the project's handler, for a person. */
public final class HandlerText {
    private HandlerText() {}

    /** Returns an event as it is declared, and how often it is passed if that is more than once. */
    public static String event(Check.Command command, HandlerEvent event) {
        if (event.invocations() + event.warmup() == 1) {
            return command.shown();
        }
        String warmup = event.warmup() == 0 ? "" : " after " + event.warmup() + " for warm-up";
        return command.shown() + ", " + Text.count(event.invocations(), "invocation") + warmup;
    }

    /** Returns the number of several invocations with their percentiles; empty for fewer than two. */
    public static Optional<String> invocations(HandlerResult result) {
        int count = result.durations().size();
        return count < 2
                ? Optional.empty()
                : Optional.of(
                        count + " invocations, p50 " + percentile(result, 50) + ", p95 " + percentile(result, 95));
    }

    private static String percentile(HandlerResult result, int percent) {
        return duration(Percentile.of(result.durations(), percent).orElse(Duration.ZERO));
    }

    /** Formats a duration, to three digits where it is shorter than a second. */
    public static String duration(Duration duration) {
        BigDecimal millis = BigDecimal.valueOf(duration.toNanos(), 6).round(new MathContext(3));
        return millis.compareTo(BigDecimal.valueOf(1000)) < 0
                ? millis.stripTrailingZeros().toPlainString() + " ms"
                : DurationText.format(duration);
    }

    /** Returns all figures by their names. */
    public static Map<String, String> figures(HandlerResult result) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put(
                "invocations",
                result.durations().size() + (result.failed() == 0 ? "" : ", " + result.failed() + " failed"));
        if (result.durations().size() > 1) {
            figures.put("p50", percentile(result, 50));
            figures.put("p95", percentile(result, 95));
        }
        if (!result.durations().isEmpty()) {
            figures.put("max", percentile(result, 100));
        }
        result.init().ifPresent(init -> figures.put("handler initialization", duration(init)));
        result.restore().ifPresent(restore -> figures.put("restore", duration(restore)));
        if (result.maxMemoryBytes() > 0) {
            figures.put("handler memory", Sizes.text(result.maxMemoryBytes()));
        }
        result.growth().ifPresent(growth -> figures.put("growth", growth(growth, result.heapReason())));
        return figures;
    }

    private static String growth(HandlerResult.Growth growth, Optional<String> heapReason) {
        List<String> parts = new ArrayList<>();
        parts.add(Text.count(growth.descriptors(), "descriptor"));
        parts.add(Text.count(growth.threads(), "thread"));
        parts.add(size(growth.tmpBytes()) + " in /tmp");
        if (growth.heapBytes().isPresent()) {
            parts.add(size(growth.heapBytes().getAsLong()) + " of heap");
        } else {
            parts.add("heap unknown" + heapReason.map(reason -> ": " + reason).orElse(""));
        }
        return String.join(", ", parts);
    }

    private static String size(long bytes) {
        return (bytes < 0 ? "-" : "") + Sizes.text(Math.abs(bytes));
    }

    /**
     * Returns a title for an error.
     *
     * @param invocations the numbers of the invocations that it ended, 0 for the initialization
     * @param command the event, which may be passed only once
     */
    public static String errorTitle(List<Integer> invocations, Check.Command command) {
        if (invocations.equals(List.of(0))) {
            return "error of the initialization";
        }
        if (command.event()
                .filter(event -> event.invocations() + event.warmup() == 1)
                .isPresent()) {
            return "error of the invocation";
        }
        return "error of invocation" + (invocations.size() == 1 ? " " : "s ")
                + invocations.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
