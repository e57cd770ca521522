package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckListener;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.DurationText;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Results for the person before the console, as they come: a line for a pass; for a failure its name, where it is
 * declared, its command, all that did not hold, and both streams.
 */
public final class ConsoleReport implements CheckListener {
    private static final String INDENT = "    ";

    private final Console console;
    private final UnaryOperator<String> mask;

    /**
     * @param console where the lines go, not null
     * @param mask takes secrets out of a text, not null
     */
    public ConsoleReport(Console console, UnaryOperator<String> mask) {
        this.console = console;
        this.mask = mask;
    }

    @Override
    public void finished(CheckResult result) {
        String name = Text.line(mask.apply(result.check().name()));
        switch (result.status()) {
            case PASSED -> console.info(console.success("PASS ") + " " + name + details(result));
            case SKIPPED -> console.info(console.warning("SKIP ") + " " + name + " (" + result.reason() + ")");
            case FAILED -> {
                console.error(console.failure("FAIL ") + " " + console.strong(name) + details(result));
                declared(result);
                result.violations().forEach(this::violation);
                result.run().ifPresent(this::streams);
            }
            case ERROR -> {
                console.error(console.failure("ERROR") + " " + console.strong(name) + details(result));
                declared(result);
                result.reason().lines().forEach(line -> console.error(INDENT + mask.apply(line)));
            }
        }
    }

    /**
     * The last line: how many passed, failed, could not be checked, were skipped.
     *
     * @return it, without colours, for the build's own failure
     */
    public String summary(CheckReport report) {
        String line = summaryOf(report);
        if (report.count(Status.FAILED) + report.count(Status.ERROR) > 0) {
            console.error(console.failure(line));
        } else {
            console.info(console.success(line));
        }
        return line;
    }

    /** "12 checks: 10 passed, 1 failed, 1 skipped (1.2 s)". */
    static String summaryOf(CheckReport report) {
        StringBuilder line = new StringBuilder(Text.count(report.results().size(), "check")).append(": ");
        line.append(report.count(Status.PASSED)).append(" passed");
        append(line, report.count(Status.FAILED), " failed");
        append(line, report.count(Status.ERROR), " could not be checked");
        append(line, report.count(Status.SKIPPED), " skipped");
        return line.append(" (")
                .append(DurationText.format(report.elapsed()))
                .append(')')
                .toString();
    }

    private static void append(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append(", ").append(count).append(what);
        }
    }

    private static String details(CheckResult result) {
        StringBuilder details = new StringBuilder();
        result.run().ifPresent(run -> {
            details.append(" (").append(DurationText.format(run.duration()));
            details.append(run.coldStart() ? ", cold start" : "");
            details.append(result.attempts() > 1 ? ", try " + result.attempts() : "")
                    .append(')');
        });
        return details.toString();
    }

    private void declared(CheckResult result) {
        console.error(INDENT + "declared in " + mask.apply(result.check().place()));
        List<String> command = result.check().command().text().strip().lines().toList();
        for (int i = 0; i < command.size(); i++) {
            console.error(INDENT + (i == 0 ? "$ " : "> ") + Text.line(mask.apply(command.get(i))));
        }
    }

    private void violation(Violation violation) {
        console.error(INDENT + "- " + mask.apply(violation.text()));
        for (String line : violation.diff()) {
            String text = mask.apply(line);
            String coloured =
                    line.startsWith("-") ? console.failure(text) : line.startsWith("+") ? console.success(text) : text;
            console.error(INDENT + "  " + coloured);
        }
        if (!violation.hint().isEmpty()) {
            console.error(INDENT + "  " + violation.hint());
        }
    }

    private void streams(CheckResult.Run run) {
        stream("stdout", run.stdout());
        stream("stderr", run.stderr());
    }

    private void stream(String name, Excerpt excerpt) {
        if (excerpt.size() == 0) {
            console.error(INDENT + name + " is empty");
            return;
        }
        console.error(INDENT + name + ", " + Text.count(excerpt.size(), "byte") + ":");
        ExcerptText.of(excerpt, mask)
                .lines(ExcerptText.CONSOLE_LINES)
                .forEach(line -> console.error(INDENT + "| " + line));
    }
}
