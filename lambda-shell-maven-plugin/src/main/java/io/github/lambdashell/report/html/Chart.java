package io.github.lambdashell.report.html;

import io.github.lambdashell.check.Percentile;
import io.github.lambdashell.report.text.Xml;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A chart in SVG with a column for each check in declared order, or for the invocations of one. A check's column links to
 * it for the pointer; the page has the same links and values for keyboards and screen readers.
 */
final class Chart {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 100;
    /** The maximum width of a column, for runs with few checks. */
    private static final double MAX_COLUMN_WIDTH = 40;
    /** The space between two columns, as a part of a column's width. */
    private static final double GAP = 0.25;

    /**
     * A column.
     *
     * @param anchor the anchor of its check in the page, empty for no link
     * @param status the name of its status
     * @param value its height, 0 or more; negative for no column
     * @param extra the height on top of it, 0 or more: a cold start's initialization, the longest of several invocations
     * @param tip its tooltip
     */
    record Column(String anchor, String status, double value, double extra, String tip) {
        private double total() {
            return Math.max(value, 0) + extra;
        }
    }

    /**
     * A value that the caption names, with a line in the chart unless it is the maximum.
     *
     * @param name such as {@code median}
     * @param value the value
     */
    record Mark(String name, double value) {}

    private final List<Column> columns;
    private final DoubleFunction<String> format;
    private final double max;
    private final boolean logarithmic;

    /**
     * @param columns in declared order
     * @param format formats a value with its unit
     * @param logarithmic whether heights grow with the logarithm, so that one high column does not flatten the others
     */
    Chart(List<Column> columns, DoubleFunction<String> format, boolean logarithmic) {
        this.columns = columns;
        this.format = format;
        this.max = columns.stream().mapToDouble(Column::total).max().orElse(0);
        this.logarithmic = logarithmic;
    }

    /** Returns the chart with the median and the maximum of the columns; empty when no column has a height. */
    String svg(String title) {
        double median = Percentile.of(
                        columns.stream()
                                .filter(column -> column.value() >= 0)
                                .map(Column::total)
                                .toList(),
                        50)
                .orElse(0.0);
        return svg(title, List.of(new Mark("median", median), new Mark("maximum", max)));
    }

    /** Returns the chart; empty when no column has a height. */
    String svg(String title, List<Mark> marks) {
        if (max <= 0) {
            return "";
        }
        double room = Math.min(MAX_COLUMN_WIDTH, (double) WIDTH / columns.size());
        String range = marks.stream()
                        .map(mark -> format.apply(mark.value()) + " " + mark.name())
                        .collect(Collectors.joining(", "))
                + (logarithmic ? ", logarithmic scale" : "");
        StringBuilder svg = new StringBuilder("<figure><figcaption><b>")
                .append(Xml.escape(title))
                .append("</b> <span>")
                .append(Xml.escape(range))
                .append("</span></figcaption>\n<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                // Columns fill the page's width; they have no text that this would distort.
                .append("\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        IntStream.range(0, columns.size()).forEach(i -> column(columns.get(i), i * room, room, svg));
        // The maximum is the upper edge.
        marks.stream()
                .mapToDouble(mark -> y(mark.value()))
                .filter(y -> y >= 0.05)
                .forEach(y -> svg.append(
                        String.format(Locale.ROOT, "<line x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", WIDTH, y, y)));
        return svg.append("</svg></figure>\n").toString();
    }

    private void column(Column column, double x, double room, StringBuilder svg) {
        if (column.value() < 0) {
            return;
        }
        double width = room * (1 - GAP);
        double top = y(column.value());
        String element = column.anchor().isEmpty() ? "g" : "a";
        svg.append("<").append(element);
        if (!column.anchor().isEmpty()) {
            svg.append(" tabindex=\"-1\" href=\"#").append(column.anchor()).append('"');
        }
        svg.append(" class=\"").append(column.status()).append("\"><title>");
        svg.append(Xml.escape(column.tip())).append("</title>");
        if (!column.anchor().isEmpty()) {
            // The full height reacts to the pointer, also above a low column.
            svg.append(rect("hit", x, 0, room, HEIGHT));
        }
        svg.append(rect("col", x, top, width, HEIGHT - top));
        if (column.extra() > 0) {
            double extraTop = y(column.total());
            svg.append(rect("cold", x, extraTop, width, top - extraTop));
        }
        svg.append("</").append(element).append(">");
    }

    private double y(double value) {
        // A small value remains visible.
        double part = logarithmic ? Math.log1p(value) / Math.log1p(max) : value / max;
        double height = Math.max(2, HEIGHT * part);
        return HEIGHT - height;
    }

    private static String rect(String name, double x, double y, double width, double height) {
        return String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                name,
                x,
                y,
                width,
                Math.max(height, 0));
    }
}
