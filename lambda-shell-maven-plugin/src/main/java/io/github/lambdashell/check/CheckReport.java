package io.github.lambdashell.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The one model that every report is made from.
 *
 * @param title names the run: a suite's name in the reports, not null
 * @param surroundings where it ran, not null
 * @param started when the first check began, not null
 * @param elapsed until the last one's end, not null
 * @param interrupted whether the build was ended before all checks had run; those that had not are among the results
 * @param results in the order in which the checks are declared, not null
 */
public record CheckReport(
        String title,
        Surroundings surroundings,
        Instant started,
        Duration elapsed,
        boolean interrupted,
        List<CheckResult> results) {
    public CheckReport {
        Objects.requireNonNull(title);
        Objects.requireNonNull(surroundings);
        Objects.requireNonNull(started);
        Objects.requireNonNull(elapsed);
        results = List.copyOf(results);
    }

    /** How many results have a status. */
    public long count(Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }
}
