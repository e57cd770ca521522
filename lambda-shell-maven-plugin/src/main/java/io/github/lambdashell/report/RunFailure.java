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
 * The end of a failed run, for Maven's last lines: one line for each check that did not pass, the counts, the report.
 *
 * @param text the lines, not null
 * @param unchecked whether a check could not be run, so that its outcome is unknown
 */
public record RunFailure(String text, boolean unchecked) {
    private static final int MAX_CHECKS = 100;

    /**
     * Returns the failure of a run.
     *
     * @param page the run's HTML report
     * @return empty if no check failed
     * @throws InterruptedException if the run was interrupted
     */
    public static Optional<RunFailure> of(CheckReport report, Path page) throws InterruptedException {
        if (report.interrupted()) {
            throw new InterruptedException(report.summary());
        }
        if (!report.failed()) {
            return Optional.empty();
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
        return Optional.of(new RunFailure(String.join("\n", lines), report.count(Status.ERROR) > 0));
    }

    /** Returns a line that begins as the check's own in the log. */
    private static String line(CheckResult result) {
        String word = result.status() == Status.FAILED ? "FAIL  " : "ERROR ";
        return word + Text.line(result.check().name()) + " (" + result.check().place() + "): " + result.problem();
    }
}
