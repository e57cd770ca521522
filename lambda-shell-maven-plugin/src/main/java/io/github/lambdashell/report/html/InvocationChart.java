package io.github.lambdashell.report.html;

import io.github.lambdashell.check.Percentile;
import io.github.lambdashell.report.text.HandlerText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The chart of the durations of an event's invocations, in order. */
final class InvocationChart {
    /** More invocations share columns, so that the page remains small. */
    private static final int MAX_COLUMNS = 40;

    private InvocationChart() {}

    /**
     * Returns the chart; empty for fewer than two invocations.
     *
     * @param status the name of the check's status
     */
    static String of(List<Duration> durations, String status) {
        if (durations.size() < 2) {
            return "";
        }
        int size = (durations.size() + MAX_COLUMNS - 1) / MAX_COLUMNS;
        List<Chart.Column> columns = new ArrayList<>();
        for (int first = 0; first < durations.size(); first += size) {
            int end = Math.min(first + size, durations.size());
            List<Duration> group = durations.subList(first, end);
            Duration median = percentile(group, 50);
            Duration max = percentile(group, 100);
            String tip = group.size() == 1
                    ? end + ": " + HandlerText.duration(max)
                    : first + 1 + " to " + end + ": " + HandlerText.duration(median) + ", up to "
                            + HandlerText.duration(max);
            columns.add(
                    new Chart.Column("", status, HtmlReport.millis(median), HtmlReport.millis(max.minus(median)), tip));
        }
        String title = "Duration of each invocation"
                + (size == 1 ? "" : ", median of every " + size + ", their longest on top");
        return new Chart(columns, millis -> HandlerText.duration(Duration.ofNanos(Math.round(millis * 1e6))), true)
                .svg(
                        title,
                        List.of(mark("p50", durations, 50), mark("p95", durations, 95), mark("max", durations, 100)));
    }

    private static Chart.Mark mark(String name, List<Duration> durations, int percent) {
        return new Chart.Mark(name, HtmlReport.millis(percentile(durations, percent)));
    }

    private static Duration percentile(List<Duration> durations, int percent) {
        return Percentile.of(durations, percent).orElseThrow();
    }
}
