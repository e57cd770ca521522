package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.MatrixReport;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.run.RunListener;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.report.text.FailureText;
import io.github.lambdashell.report.text.HandlerText;
import java.util.List;

/**
 * The results in the build's log as they arrive: a line for a pass, the details of a failure, and at the end
 * the counts, except of a failed run, whose {@link RunFailure} has them.
 */
public final class ConsoleReport implements RunListener {
    private static final String INDENT = "      ";
    private static final FailureText.Limits LIMITS = new FailureText.Limits(40, 300);

    private final ReportLog log;
    private final String prefix;

    /** @param log gets the lines, not null */
    public ConsoleReport(ReportLog log) {
        this(log, "");
    }

    /**
     * @param log gets the lines, not null
     * @param prefix the beginning of each check's name, not null
     */
    public ConsoleReport(ReportLog log, String prefix) {
        this.log = log;
        this.prefix = prefix;
    }

    @Override
    public void finished(CheckResult result) {
        String name = prefix + Text.line(result.check().name());
        switch (result.status()) {
            case PASSED -> passed(name, result);
            case WAIVED -> waived(name, result);
            case SKIPPED -> log.info(log.warning("SKIP ") + " " + name + " (" + result.reason() + ")");
            case FAILED -> failure("FAIL ", name, result);
            case ERROR -> failure("ERROR", name, result);
        }
    }

    private void passed(String name, CheckResult result) {
        log.info(log.success("PASS ") + " " + name + details(result));
        samples(result).forEach(log::info);
        if (!result.reason().isEmpty()) {
            log.warn(INDENT + result.reason());
        }
    }

    private void waived(String name, CheckResult result) {
        log.warn(log.warning("WAIVE") + " " + log.strong(name) + details(result));
        samples(result).forEach(log::warn);
        log.warn(INDENT + "declared in " + result.check().place());
        log.warn(INDENT + result.reason());
        result.violations().forEach(violation -> log.warn(INDENT + "- " + violation.text()));
    }

    private void failure(String word, String name, CheckResult result) {
        log.error(log.failure(word) + " " + log.strong(name) + details(result));
        for (FailureText.Line line : FailureText.of(result, LIMITS)) {
            String coloured =
                    switch (line.kind()) {
                        case REMOVED -> log.failure(line.text());
                        case ADDED -> log.success(line.text());
                        case PLAIN -> line.text();
                    };
            log.error(INDENT + coloured);
        }
    }

    private static List<String> samples(CheckResult result) {
        return result.run().stream()
                .flatMap(run -> run.sampled().stream())
                .flatMap(summary -> summary.lines().stream())
                .map(line -> INDENT + line)
                .toList();
    }

    private static String details(CheckResult result) {
        StringBuilder details = new StringBuilder();
        result.run().ifPresent(run -> {
            details.append(" (").append(DurationText.format(run.duration()));
            details.append(run.coldStart() ? ", cold start" : "");
            run.handler().flatMap(HandlerText::invocations).ifPresent(text -> details.append(", ")
                    .append(text));
            details.append(result.attempts() > 1 ? ", attempt " + result.attempts() : "");
            details.append(')');
        });
        return details.toString();
    }

    /** Writes the table of a matrix, and the counts of one that did not fail. */
    public void ended(MatrixReport report) {
        boolean isBad = report.failed() || report.interrupted();
        MatrixTable.lines(report, log).forEach(isBad ? log::error : log::info);
        report.notRun().stream()
                .map(column ->
                        "not run: " + column.name() + ": " + column.notRun().orElseThrow())
                .forEach(isBad ? log::error : log::warn);
        if (report.interrupted()) {
            log.error(log.failure(report.summary()));
        } else if (!isBad) {
            log.info(log.success(report.summary()));
        }
    }

    @Override
    public void ended(CheckReport report) {
        if (report.interrupted()) {
            log.error(log.failure(report.summary()));
        } else if (!report.failed()) {
            log.info(log.success(report.summary()));
        }
    }
}
