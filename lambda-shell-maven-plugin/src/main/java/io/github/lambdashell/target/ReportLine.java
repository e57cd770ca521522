package io.github.lambdashell.target;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A parser of the line {@code REPORT RequestId: ...} that Lambda writes to the log after each invocation;
 * {@link PlatformEvents} converts a log in JSON.
 */
public final class ReportLine {
    private static final Pattern LINE = Pattern.compile("(?m)^REPORT RequestId: (\\S+)\\t.*$");
    private static final Pattern INIT_START = Pattern.compile("(?m)^INIT_START .*\\tRuntime Version ARN: (arn:\\S+)");
    /** Written on its own when an environment is initialized or restored outside of an invocation. */
    private static final Pattern OWN_REPORT = Pattern.compile("(?m)^(?:INIT|RESTORE)_REPORT (.*)$");

    private static final Pattern FIELD = Pattern.compile("(?:^|\\t)([^:\\t]+): ([0-9.]+) (?:ms|MB)");

    private ReportLine() {}

    /**
     * Parses the last REPORT line of a log.
     *
     * @param log the end of a function's log, not null
     * @return empty if the log has no such line
     */
    public static Optional<InvocationReport> parse(String log) {
        return LINE.matcher(log)
                .results()
                .reduce((first, second) -> second)
                .map(line -> report(line, ownReports(log), runtimeVersion(log)));
    }

    private static Optional<String> runtimeVersion(String log) {
        return INIT_START.matcher(log).results().map(line -> line.group(1)).findFirst();
    }

    private static String ownReports(String log) {
        return OWN_REPORT.matcher(log).results().map(line -> line.group(1)).collect(Collectors.joining("\t"));
    }

    private static InvocationReport report(MatchResult line, String ownReports, Optional<String> runtimeVersion) {
        Duration duration = Duration.ZERO;
        Duration billed = Duration.ZERO;
        Optional<Duration> init = Optional.empty();
        Optional<Duration> restore = Optional.empty();
        int memorySize = 0;
        int maxMemoryUsed = 0;
        for (Matcher field = FIELD.matcher(ownReports + "\t" + line.group()); field.find(); ) {
            double number = Double.parseDouble(field.group(2));
            switch (field.group(1)) {
                case "Duration" -> duration = millis(number);
                case "Billed Duration" -> billed = millis(number);
                case "Memory Size" -> memorySize = (int) number;
                case "Max Memory Used" -> maxMemoryUsed = (int) number;
                case "Init Duration" -> init = Optional.of(millis(number));
                case "Restore Duration" -> restore = Optional.of(millis(number));
                default -> {
                    // Billed Restore Duration, and fields that Lambda may add, are ignored.
                }
            }
        }
        return new InvocationReport(
                line.group(),
                line.group(1),
                duration,
                billed,
                memorySize,
                maxMemoryUsed,
                init,
                restore,
                runtimeVersion);
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1_000_000));
    }
}
