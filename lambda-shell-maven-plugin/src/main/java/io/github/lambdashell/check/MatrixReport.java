package io.github.lambdashell.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The results of one list of checks in several environments, without secrets.
 *
 * @param title the run's name in the reports, not null
 * @param started the start of the first deployment, not null
 * @param elapsed the time from there to the end of the last check, not null
 * @param columns the environments, at least one, each with all checks in the same order
 */
public record MatrixReport(String title, Instant started, Duration elapsed, List<Column> columns) {
    public MatrixReport {
        Objects.requireNonNull(title);
        Objects.requireNonNull(started);
        Objects.requireNonNull(elapsed);
        columns = List.copyOf(columns);
    }

    /**
     * An environment.
     *
     * @param name its name, such as {@code java21-arm64}, not null
     * @param report its results; if it was not run, all checks are skipped, or could not be judged if that fails the build;
     *     not null
     * @param notRun why it was not run, in one line; empty if it was run, not null
     */
    public record Column(String name, CheckReport report, Optional<String> notRun) {
        public Column {
            Objects.requireNonNull(name);
            Objects.requireNonNull(report);
            Objects.requireNonNull(notRun);
        }

        /** Returns whether the environment fails the build. */
        public boolean failed() {
            return report.problems() > 0;
        }

        /** Returns a result as a word for a table. */
        public String word(int check) {
            return notRun.isPresent()
                    ? "not run"
                    : switch (report.results().get(check).status()) {
                        case PASSED -> "pass";
                        case FAILED -> "FAIL";
                        case WAIVED -> "waived";
                        case ERROR -> "ERROR";
                        case SKIPPED -> "skipped";
                    };
        }
    }

    /** Returns the checks, as the first environment has them. */
    public List<Check> checks() {
        return columns.get(0).report().results().stream()
                .map(CheckResult::check)
                .toList();
    }

    /** Returns whether the build was ended before all checks had run. */
    public boolean interrupted() {
        return columns.stream().anyMatch(column -> column.report().interrupted());
    }

    /** Returns whether an environment fails the build, in a run that was not interrupted. */
    public boolean failed() {
        return columns.stream().anyMatch(Column::failed) && !interrupted();
    }

    /** Returns the number of results with a status, without environments that were not run. */
    public long count(Status status) {
        return run().stream().mapToLong(column -> column.report().count(status)).sum();
    }

    /** Returns the environments that were run. */
    public List<Column> run() {
        return columns.stream().filter(column -> column.notRun().isEmpty()).toList();
    }

    /** Returns the environments that were not run. */
    public List<Column> notRun() {
        return columns.stream().filter(column -> column.notRun().isPresent()).toList();
    }

    /** Returns the run in one line: "4 checks in 3 environments: 10 passed, 1 failed, 1 skipped (2.1 s)". */
    public String summary() {
        int notRun = notRun().size() * checks().size();
        return Text.count(checks().size(), "check") + " in " + Text.count(columns.size(), "environment") + ": "
                + CheckReport.counts(this::count)
                + (notRun > 0 ? ", " + notRun + " not run" : "")
                + CheckReport.end(elapsed, interrupted());
    }
}
