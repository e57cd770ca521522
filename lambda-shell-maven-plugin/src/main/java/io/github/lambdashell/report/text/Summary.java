package io.github.lambdashell.report.text;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.DurationText;

/** A whole run in one line: "12 checks: 10 passed, 1 failed, 1 skipped (1.2 s)". */
public final class Summary {
    private Summary() {}

    /** Writes it. */
    public static String of(CheckReport report) {
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
}
