package io.github.lambdashell.report;

import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An excerpt as text: what is not UTF-8 replaced, secrets taken out, what was cut named in a line of its own. */
final class ExcerptText {
    /** The most lines of a stream that the console shows. */
    static final int CONSOLE_LINES = 40;

    private final String head;
    private final String tail;
    private final long cut;

    private ExcerptText(String head, String tail, long cut) {
        this.head = head;
        this.tail = tail;
        this.cut = cut;
    }

    static ExcerptText of(Excerpt excerpt, UnaryOperator<String> mask) {
        return new ExcerptText(
                mask.apply(new String(excerpt.head(), StandardCharsets.UTF_8)),
                mask.apply(new String(excerpt.tail(), StandardCharsets.UTF_8)),
                excerpt.cut());
    }

    /** All of it, what was cut named between beginning and end. */
    String whole() {
        return cut == 0 ? head : head + "\n" + note() + "\n" + tail;
    }

    /** Lines for a console, at most so many, each without anything that acts on a terminal. */
    List<String> lines(int most) {
        List<String> lines = new ArrayList<>(head.lines().map(Text::line).toList());
        if (cut > 0) {
            lines.add(note());
            tail.lines().map(Text::line).forEach(lines::add);
        }
        if (lines.size() <= most) {
            return lines;
        }
        int first = most * 3 / 4;
        int last = most - first;
        List<String> shown = new ArrayList<>(lines.subList(0, first));
        shown.add("[... " + Text.count(lines.size() - (long) most, "more line") + ", see the reports ...]");
        shown.addAll(lines.subList(lines.size() - last, lines.size()));
        return shown;
    }

    private String note() {
        return "[... " + Text.count(cut, "byte") + " not kept ...]";
    }
}
