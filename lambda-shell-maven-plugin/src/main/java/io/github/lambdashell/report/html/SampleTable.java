package io.github.lambdashell.report.html;

import io.github.lambdashell.check.SampleSummary;
import io.github.lambdashell.report.text.Xml;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The samples of a check: the facts that differ with a bar for each value, then the samples that failed. */
final class SampleTable {
    private SampleTable() {}

    static String of(SampleSummary summary) {
        StringBuilder html = new StringBuilder("<h4>")
                .append(Xml.escape(summary.title()))
                .append("</h4>\n<div class=\"samples\">\n");
        if (!summary.differences().isEmpty()) {
            html.append("<table>\n<tbody>\n");
            summary.differences().forEach(difference -> rows(difference, html));
            html.append("</tbody>\n</table>\n");
        }
        if (!summary.alike().isEmpty()) {
            html.append("<p class=\"quiet\">")
                    .append(Xml.escape(summary.alike()))
                    .append("</p>\n");
        }
        if (!summary.failed().isEmpty()) {
            html.append("<ul class=\"violations\">\n");
            summary.failed()
                    .forEach(
                            line -> html.append("<li>").append(Xml.escape(line)).append("</li>\n"));
            html.append("</ul>\n");
        }
        return html.append("</div>\n").toString();
    }

    private static void rows(SampleSummary.Difference difference, StringBuilder html) {
        List<Map.Entry<String, Long>> values = difference.values();
        double max = values.get(0).getValue();
        for (int i = 0; i < values.size(); i++) {
            html.append("<tr>");
            if (i == 0) {
                html.append("<th scope=\"row\" rowspan=\"")
                        .append(values.size())
                        .append("\">")
                        .append(Xml.escape(difference.fact()))
                        .append("</th>");
            }
            html.append("<td>")
                    .append(Xml.escape(values.get(i).getKey()))
                    .append("</td><td class=\"count\">")
                    .append(values.get(i).getValue())
                    .append("</td><td class=\"share\"><i style=\"width:")
                    .append(String.format(
                            Locale.ROOT, "%.1f", 100 * values.get(i).getValue() / max))
                    .append("%\"></i></td></tr>\n");
        }
    }
}
