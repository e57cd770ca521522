package io.github.lambdashell.report.text;

import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An excerpt as text: what is not UTF-8 replaced, secrets taken out, what was cut named between beginning and end.
 *
 * @param head the beginning, or all of it
 * @param note what is missing after it, empty when nothing is
 * @param tail the end, empty when nothing is missing
 */
public record ExcerptText(String head, String note, String tail) {
    /** Reads one. */
    public static ExcerptText of(Excerpt excerpt, Masker masker) {
        String head = new String(excerpt.head(), StandardCharsets.UTF_8);
        if (excerpt.cut() == 0) {
            return new ExcerptText(masker.mask(head), "", "");
        }
        String tail = new String(excerpt.tail(), StandardCharsets.UTF_8);
        String note = "[... " + Text.count(excerpt.cut(), "byte") + " not kept ...]";
        return new ExcerptText(masker.maskHead(head), note, masker.maskTail(tail));
    }

    /** All of it. */
    public String whole() {
        return note.isEmpty() ? head : head + "\n" + note + "\n" + tail;
    }

    /** Its lines, at most so many and those of the middle left out, each without anything that acts on a terminal. */
    List<String> lines(int most) {
        List<String> lines = whole().lines().map(Text::line).toList();
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
}
