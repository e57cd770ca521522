package io.github.lambdashell.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The one model that every report is made from.
 *
 * @param title names the run: a suite's name in the reports, not null
 * @param started when the first check began, not null
 * @param elapsed until the last one's end, not null
 * @param results in the order in which the checks are declared, not null
 */
public record CheckReport(String title, Instant started, Duration elapsed, List<CheckResult> results) {
    public CheckReport {
        Objects.requireNonNull(title);
        Objects.requireNonNull(started);
        Objects.requireNonNull(elapsed);
        results = List.copyOf(results);
    }

    /** How many results have a status. */
    public long count(Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }
}
