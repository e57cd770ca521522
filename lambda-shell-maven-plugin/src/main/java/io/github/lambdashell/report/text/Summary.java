package io.github.lambdashell.report.text;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.DurationText;
import java.util.List;
import java.util.stream.Collectors;

/** A whole run in one line: "12 checks: 10 passed, 1 failed, 1 skipped (1.2 s) on local, isolation full". */
public final class Summary {
    private static final int MOST_NAMES = 5;

    private Summary() {}

    /** Writes it. */
    public static String of(CheckReport report) {
        StringBuilder line = new StringBuilder(Text.count(report.results().size(), "check")).append(": ");
        line.append(report.count(Status.PASSED)).append(" passed");
        append(line, report.count(Status.FAILED), " failed");
        append(line, report.count(Status.ERROR), " could not be checked");
        append(line, report.count(Status.SKIPPED), " skipped");
        line.append(" (").append(DurationText.format(report.elapsed()));
        line.append(report.interrupted() ? ", then interrupted) " : ") ");
        return line.append(report.surroundings()).toString();
    }

    /** The names of the checks that did not pass, the first few of them: ": arch, disk and 3 more". */
    public static String names(CheckReport report) {
        List<String> names = report.results().stream()
                .filter(result -> result.status() == Status.FAILED || result.status() == Status.ERROR)
                .map(result -> Text.line(result.check().name()))
                .toList();
        String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
        return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", ", ": ", more));
    }

    private static void append(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append(", ").append(count).append(what);
        }
    }
}
