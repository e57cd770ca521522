package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.RelativePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The end of a run that failed, for Maven's last lines. An exception, so that a failure to delete the run's stack is
 * suppressed by it and doesn't replace it.
 */
public final class RunFailure extends Exception {
    private static final int MAX_CHECKS = 100;

    private final boolean isUnchecked;

    private RunFailure(String message, boolean isUnchecked) {
        super(message);
        this.isUnchecked = isUnchecked;
    }

    /** Returns whether a check could not be run, so that its outcome is unknown. */
    public boolean isUnchecked() {
        return isUnchecked;
    }

    /**
     * Ends a run that failed.
     *
     * @param failure how it failed; empty if it did not
     */
    public static void throwIfAny(Optional<String> failure) throws RunFailure {
        if (failure.isPresent()) {
            throw new RunFailure(failure.get(), false);
        }
    }

    /**
     * Ends a run of checks that failed, with one line for each check that did not pass, the counts and the report.
     *
     * @param page the run's HTML report
     * @throws InterruptedException if the run was interrupted
     */
    public static void throwIfFailed(CheckReport report, Path page) throws RunFailure, InterruptedException {
        if (report.interrupted()) {
            throw new InterruptedException(report.summary());
        }
        if (!report.failed()) {
            return;
        }
        List<CheckResult> bad = report.results().stream()
                .filter(result -> result.status().isProblem())
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("these checks did not pass:");
        bad.stream().limit(MAX_CHECKS).map(RunFailure::line).forEach(lines::add);
        if (bad.size() > MAX_CHECKS) {
            lines.add("... and " + (bad.size() - MAX_CHECKS) + " more");
        }
        lines.add(report.summary());
        lines.add("Report: " + RelativePath.of(page));
        throw new RunFailure(String.join("\n", lines), report.count(Status.ERROR) > 0);
    }

    /** Returns a line that begins as the check's own in the log. */
    private static String line(CheckResult result) {
        String word = result.status() == Status.FAILED ? "FAIL  " : "ERROR ";
        return word + Text.line(result.check().name()) + " (" + result.check().place() + "): " + result.problem();
    }
}
