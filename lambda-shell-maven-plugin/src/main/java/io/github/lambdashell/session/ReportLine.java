package io.github.lambdashell.session;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the line {@code REPORT RequestId: ...} that Lambda writes to the log after each invocation. */
public final class ReportLine {
    private static final Pattern LINE = Pattern.compile("(?m)^REPORT RequestId: (\\S+)\\t.*$");
    private static final Pattern FIELD = Pattern.compile("(?:^|\\t)([^:\\t]+): ([0-9.]+) (?:ms|MB)");

    private ReportLine() {}

    /** The last REPORT line of a log's tail, as it stands; empty where the log has none. */
    public static Optional<String> find(String log) {
        return LINE.matcher(log).results().reduce((first, second) -> second).map(match -> match.group());
    }

    /** What the last REPORT line of a log's tail says; empty where the log has none. */
    public static Optional<Metrics> parse(String log) {
        return find(log).map(ReportLine::metrics);
    }

    private static Metrics metrics(String line) {
        Matcher id = LINE.matcher(line);
        id.find();
        Duration duration = Duration.ZERO;
        Duration billed = Duration.ZERO;
        Optional<Duration> init = Optional.empty();
        int memorySize = 0;
        int maxMemoryUsed = 0;
        for (Matcher field = FIELD.matcher(line); field.find(); ) {
            double number = Double.parseDouble(field.group(2));
            switch (field.group(1)) {
                case "Duration" -> duration = millis(number);
                case "Billed Duration" -> billed = millis(number);
                case "Memory Size" -> memorySize = (int) number;
                case "Max Memory Used" -> maxMemoryUsed = (int) number;
                case "Init Duration" -> init = Optional.of(millis(number));
                default -> {
                    // Restore Duration and what Lambda adds in time: not ours to show.
                }
            }
        }
        return new Metrics(id.group(1), duration, billed, memorySize, maxMemoryUsed, init);
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1_000_000));
    }
}
