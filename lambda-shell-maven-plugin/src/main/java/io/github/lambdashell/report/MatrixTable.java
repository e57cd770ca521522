package io.github.lambdashell.report;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.MatrixReport;
import io.github.lambdashell.check.Text;
import java.util.ArrayList;
import java.util.List;

/** The results of a matrix as lines: checks down, environments across. More environments than fit get a table of their own. */
final class MatrixTable {
    /** Maven's log adds up to eight characters. */
    private static final int WIDTH = 92;

    private static final int MAX_CHECK = 40;
    private static final int MIN_CELL = 7;
    private static final int MAX_CELL = 30;
    private static final String GAP = "  ";
    private static final String CUT = "...";

    private final MatrixReport report;
    private final ReportLog colours;
    private final List<String> names;
    private final int checkWidth;
    private final List<String> lines = new ArrayList<>();

    private MatrixTable(MatrixReport report, ReportLog colours) {
        this.report = report;
        this.colours = colours;
        this.names = report.checks().stream().map(Check::name).map(Text::line).toList();
        this.checkWidth = Math.min(
                MAX_CHECK, names.stream().mapToInt(MatrixTable::length).max().orElse(0));
    }

    /** Returns the lines. */
    static List<String> lines(MatrixReport report, ReportLog colours) {
        MatrixTable table = new MatrixTable(report, colours);
        table.tables();
        return table.lines;
    }

    private void tables() {
        List<MatrixReport.Column> columns = report.columns();
        int first = 0;
        while (first < columns.size()) {
            int end = first;
            int width = checkWidth;
            while (end < columns.size() && (end == first || width + GAP.length() + width(columns.get(end)) <= WIDTH)) {
                width += GAP.length() + width(columns.get(end));
                end++;
            }
            table(columns.subList(first, end));
            first = end;
        }
    }

    /** Returns the lines of an environment's name: its runtime, architecture and memory. */
    private static List<String> head(MatrixReport.Column column) {
        return List.of(column.name().split("-"));
    }

    private static int width(MatrixReport.Column column) {
        int head = head(column).stream().mapToInt(MatrixTable::length).max().orElse(0);
        return Math.max(MIN_CELL, Math.min(MAX_CELL, head));
    }

    private void table(List<MatrixReport.Column> columns) {
        int heads =
                columns.stream().mapToInt(column -> head(column).size()).max().orElse(0);
        for (int i = 0; i < heads; i++) {
            StringBuilder line = new StringBuilder(" ".repeat(checkWidth));
            for (MatrixReport.Column column : columns) {
                String part = i < head(column).size() ? head(column).get(i) : "";
                line.append(GAP).append(padded(part, width(column)));
            }
            lines.add(line.toString().stripTrailing());
        }
        for (int i = 0; i < names.size(); i++) {
            StringBuilder line = new StringBuilder(padded(names.get(i), checkWidth));
            for (MatrixReport.Column column : columns) {
                String word = column.word(i);
                // The colour ends before the padding, so that the columns stay aligned.
                line.append(GAP).append(coloured(word)).append(" ".repeat(width(column) - word.length()));
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    private String coloured(String word) {
        return switch (word) {
            case "pass" -> colours.success(word);
            case "FAIL", "ERROR" -> colours.failure(word);
            default -> colours.warning(word);
        };
    }

    private static String padded(String text, int width) {
        int length = length(text);
        return length <= width
                ? text + " ".repeat(width - length)
                : text.substring(0, text.offsetByCodePoints(0, width - CUT.length())) + CUT;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
