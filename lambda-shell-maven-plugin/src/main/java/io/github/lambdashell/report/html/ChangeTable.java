package io.github.lambdashell.report.html;

import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.Violation.Change;
import io.github.lambdashell.report.text.Xml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The facts that are not as they were: groups one below the other, each fact with a mark, its value before and after. */
final class ChangeTable {
    private static final String NO_VALUE = "<span class=\"none\">no value</span>";
    private static final String ABSENT = "<span class=\"none\">absent</span>";

    private ChangeTable() {}

    /** How a fact differs, with a mark that needs no colour. */
    private enum Kind {
        CHANGED("changed", "\u2260"),
        ADDED("added", "+"),
        REMOVED("removed", "\u2212");

        private final String word;
        private final String mark;

        Kind(String word, String mark) {
            this.word = word;
            this.mark = mark;
        }

        static Kind of(Change change) {
            return change.before() == null ? ADDED : change.after() == null ? REMOVED : CHANGED;
        }
    }

    /** Returns the table of all violations that have changes. */
    static String of(List<Violation> violations) {
        Map<String, List<Change>> groups = violations.stream()
                .flatMap(violation -> violation.changes().stream())
                .collect(Collectors.groupingBy(Change::group, LinkedHashMap::new, Collectors.toList()));
        StringBuilder html = new StringBuilder(
                        "<div class=\"changes\">\n<table>\n<thead><tr><th scope=\"col\">fact</th>")
                .append("<th scope=\"col\">was</th><th scope=\"col\">is</th></tr></thead>\n");
        groups.forEach((group, changes) -> {
            html.append("<tbody>\n<tr class=\"group\"><th colspan=\"3\" scope=\"rowgroup\">")
                    .append(Xml.escape(group))
                    .append(counts(changes))
                    .append("</th></tr>\n");
            changes.forEach(change -> row(change, html));
            html.append("</tbody>\n");
        });
        return html.append("</table>\n</div>\n").toString();
    }

    private static String counts(List<Change> changes) {
        StringBuilder counts = new StringBuilder();
        for (Kind kind : Kind.values()) {
            long count =
                    changes.stream().filter(change -> Kind.of(change) == kind).count();
            if (count > 0) {
                counts.append(" <span class=\"")
                        .append(kind.word)
                        .append("\">")
                        .append(kind.mark)
                        .append(' ')
                        .append(count)
                        .append(' ')
                        .append(kind.word)
                        .append("</span>");
            }
        }
        return counts.toString();
    }

    private static void row(Change change, StringBuilder html) {
        Kind kind = Kind.of(change);
        String before = change.before();
        String after = change.after();
        int from = 0;
        int end = 0;
        if (kind == Kind.CHANGED) {
            from = common(before, after);
            end = common(reversed(before.substring(from)), reversed(after.substring(from)));
        }
        html.append("<tr class=\"")
                .append(kind.word)
                .append("\"><th scope=\"row\"><span class=\"mark\" title=\"")
                .append(kind.word)
                .append("\">")
                .append(kind.mark)
                .append("</span>")
                .append(Xml.escape(change.name()))
                .append("</th><td class=\"was\">")
                .append(cell(before, from, end, "del"))
                .append("</td><td class=\"is\">")
                .append(cell(after, from, end, "ins"))
                .append("</td></tr>\n");
    }

    /** Returns the length of the common beginning, without the part of a word or a number that goes on. */
    private static int common(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        while (length > 0 && isInWord(one, length - 1) && (isInWord(one, length) || isInWord(other, length))) {
            length--;
        }
        return length;
    }

    private static boolean isInWord(String text, int index) {
        return index < text.length() && Character.isLetterOrDigit(text.charAt(index));
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /**
     * Returns a value, of which the part that differs is marked.
     *
     * @param value null for a fact that is absent
     */
    private static String cell(String value, int from, int end, String element) {
        if (value == null || value.isEmpty()) {
            return value == null ? ABSENT : NO_VALUE;
        }
        String different = value.substring(from, value.length() - end);
        String marked = different.isEmpty() ? "" : "<" + element + ">" + Xml.escape(different) + "</" + element + ">";
        return Xml.escape(value.substring(0, from)) + marked + Xml.escape(value.substring(value.length() - end));
    }
}
