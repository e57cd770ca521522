package io.github.lambdashell.check;

import io.github.lambdashell.config.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * The results of a run, without secrets.
 *
 * @param title the run's name in the reports, not null
 * @param environment its environment, not null
 * @param started the start of the first check, not null
 * @param elapsed the time from there to the end of the last check, not null
 * @param interrupted whether the build was ended before all checks had run; their results are included
 * @param results in the order in which the checks are declared, not null
 */
public record CheckReport(
        String title,
        RunEnvironment environment,
        Instant started,
        Duration elapsed,
        boolean interrupted,
        List<CheckResult> results) {
    public CheckReport {
        Objects.requireNonNull(title);
        Objects.requireNonNull(environment);
        Objects.requireNonNull(started);
        Objects.requireNonNull(elapsed);
        results = List.copyOf(results);
    }

    /** Returns the number of results with a status. */
    public long count(Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    /** Returns the number of checks that failed or could not be checked. */
    public long problems() {
        return results.stream().filter(result -> result.status().isProblem()).count();
    }

    /** Returns whether checks failed or could not be checked, in a run that was not interrupted. */
    public boolean failed() {
        return problems() > 0 && !interrupted;
    }

    /**
     * Returns the run in one line: "12 checks: 10 passed, 1 failed, 1 skipped (1.2 s)", followed by the differences of its
     * environment from Lambda's.
     */
    public String summary() {
        StringBuilder line = new StringBuilder(Text.count(results.size(), "check")).append(": ");
        line.append(counts(this::count)).append(end(elapsed, interrupted));
        environment.differences().forEach(difference -> line.append("; ").append(difference));
        return line.toString();
    }

    /** Returns the numbers of results: "10 passed, 1 failed, 1 skipped". */
    static String counts(ToLongFunction<Status> count) {
        StringBuilder line =
                new StringBuilder().append(count.applyAsLong(Status.PASSED)).append(" passed");
        append(line, count.applyAsLong(Status.FAILED), " failed");
        append(line, count.applyAsLong(Status.WAIVED), " waived");
        append(line, count.applyAsLong(Status.ERROR), " could not be checked");
        append(line, count.applyAsLong(Status.SKIPPED), " skipped");
        return line.toString();
    }

    /** Returns the end of a run's line: " (1.2 s)". */
    static String end(Duration elapsed, boolean interrupted) {
        return " (" + DurationText.format(elapsed) + (interrupted ? ", then interrupted)" : ")");
    }

    private static void append(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append(", ").append(count).append(what);
        }
    }
}
