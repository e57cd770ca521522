package io.github.lambdashell.check;

import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.ShellException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

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
    private static final int MAX_NAMES = 5;

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
        return count(Status.FAILED) + count(Status.ERROR);
    }

    /** Returns the run in one line: "12 checks: 10 passed, 1 failed, 1 skipped (1.2 s) on local, isolation full". */
    public String summary() {
        StringBuilder line = new StringBuilder(Text.count(results.size(), "check")).append(": ");
        line.append(count(Status.PASSED)).append(" passed");
        append(line, count(Status.FAILED), " failed");
        append(line, count(Status.ERROR), " could not be checked");
        append(line, count(Status.SKIPPED), " skipped");
        line.append(" (").append(DurationText.format(elapsed));
        line.append(interrupted ? ", then interrupted) " : ") ");
        return line.append(environment).toString();
    }

    private static void append(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append(", ").append(count).append(what);
        }
    }

    /**
     * Returns the failure of the run in one line, with the names of the first checks that did not pass.
     *
     * @return empty when no check failed
     * @throws ShellException when a check could not be run
     * @throws InterruptedException when the run was interrupted
     */
    public Optional<String> failure() throws InterruptedException {
        List<String> names = results.stream()
                .filter(result -> result.status() == Status.FAILED || result.status() == Status.ERROR)
                .map(result -> Text.line(result.check().name()))
                .toList();
        String more = names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "";
        String line = summary() + names.stream().limit(MAX_NAMES).collect(Collectors.joining(", ", ": ", more));
        if (interrupted) {
            throw new InterruptedException(line);
        }
        if (count(Status.ERROR) > 0) {
            throw new ShellException(line, "See the errors above");
        }
        return count(Status.FAILED) > 0 ? Optional.of(line) : Optional.empty();
    }
}
