package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.MatrixReport;
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
    private final String stack;

    private RunFailure(String message, boolean isUnchecked, String stack) {
        super(message);
        this.isUnchecked = isUnchecked;
        this.stack = stack;
    }

    /** Returns the stack in which checks did not pass, and its target; empty for the stacks of a matrix, and a command. */
    public Optional<String> stack() {
        return Optional.ofNullable(stack);
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
            throw new RunFailure(failure.get(), false, null);
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
        List<String> bad = bad(report, "");
        throw new RunFailure(
                text(bad, List.of(), report.summary(), page),
                report.count(Status.ERROR) > 0,
                report.environment().stack() + " (" + report.environment().target() + ")");
    }

    /**
     * Ends a run of a matrix that failed, with one line for each check that did not pass in an environment, and for each
     * environment that was not run.
     *
     * @param page the run's HTML report
     * @throws InterruptedException if the run was interrupted
     */
    public static void throwIfFailed(MatrixReport report, Path page) throws RunFailure, InterruptedException {
        if (report.interrupted()) {
            throw new InterruptedException(report.summary());
        }
        if (!report.failed()) {
            return;
        }
        List<String> bad = report.run().stream()
                .flatMap(column -> bad(column.report(), column.name() + ": ").stream())
                .toList();
        List<String> notRun = report.notRun().stream()
                .filter(MatrixReport.Column::failed)
                .map(column -> column.name() + ": " + column.notRun().orElseThrow())
                .toList();
        throw new RunFailure(
                text(bad, notRun, report.summary(), page), !notRun.isEmpty() || report.count(Status.ERROR) > 0, null);
    }

    private static List<String> bad(CheckReport report, String prefix) {
        return report.results().stream()
                .filter(result -> result.status().isProblem())
                .map(result -> line(result, prefix))
                .toList();
    }

    private static String text(List<String> bad, List<String> notRun, String summary, Path page) {
        List<String> lines = new ArrayList<>();
        if (!bad.isEmpty()) {
            lines.add("these checks did not pass:");
            bad.stream().limit(MAX_CHECKS).forEach(lines::add);
        }
        if (bad.size() > MAX_CHECKS) {
            lines.add("... and " + (bad.size() - MAX_CHECKS) + " more");
        }
        if (!notRun.isEmpty()) {
            lines.add("these environments were not run (allowMissing accepts those that this machine does not have):");
            lines.addAll(notRun);
        }
        lines.add(summary);
        lines.add("Report: " + RelativePath.of(page));
        return String.join("\n", lines);
    }

    /** Returns a line that begins as the check's own in the log. */
    private static String line(CheckResult result, String prefix) {
        String word = result.status() == Status.FAILED ? "FAIL  " : "ERROR ";
        return word + prefix + Text.line(result.check().name()) + " ("
                + result.check().place() + "): " + result.problem();
    }
}
