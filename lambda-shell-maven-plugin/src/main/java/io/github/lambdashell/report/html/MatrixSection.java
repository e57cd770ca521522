package io.github.lambdashell.report.html;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.MatrixReport;
import io.github.lambdashell.check.MatrixReport.Column;
import io.github.lambdashell.report.text.Xml;
import java.util.List;

/** The section with the table of a matrix: checks down, environments across. Its cells link to the details. */
final class MatrixSection {
    private MatrixSection() {}

    static String of(MatrixReport report) {
        List<Column> columns = report.columns();
        StringBuilder html = new StringBuilder(
                        "<section>\n<h2>Environments</h2>\n<div class=\"matrix\">\n<table>\n<thead><tr>")
                .append("<th scope=\"col\">check</th>");
        for (int i = 0; i < columns.size(); i++) {
            html.append("<th scope=\"col\"><a href=\"#")
                    .append(HtmlReport.anchor(i))
                    .append("\">")
                    .append(Xml.escape(columns.get(i).name()))
                    .append("</a></th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        List<Check> checks = report.checks();
        for (int check = 0; check < checks.size(); check++) {
            html.append("<tr><th scope=\"row\">")
                    .append(Xml.escape(checks.get(check).name()))
                    .append("</th>");
            for (int column = 0; column < columns.size(); column++) {
                cell(columns.get(column), column, check, html);
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table>\n</div>\n</section>\n").toString();
    }

    private static void cell(Column column, int index, int check, StringBuilder html) {
        boolean isRun = column.notRun().isEmpty();
        String kind = isRun
                ? HtmlReport.word(column.report().results().get(check).status())
                : column.failed() ? "notrun error" : "notrun";
        html.append("<td class=\"")
                .append(kind)
                .append("\"><a href=\"#")
                .append(isRun ? HtmlReport.anchorInMatrix(index, check) : HtmlReport.anchor(index))
                .append("\">")
                .append(column.word(check))
                .append("</a></td>");
    }
}
