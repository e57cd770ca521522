package io.github.lambdashell.check.expect;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.github.lambdashell.check.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * How two texts differ, as a person reads it.
 *
 * @param summary where, to follow "X is not the expected text"
 * @param unified a unified diff without colours, expected lines with {@code -}, actual ones with {@code +}
 */
public record TextDiff(String summary, List<String> unified) {
    /** So many lines that differ on both sides together are diffed; the time and memory of it grow with the square. */
    private static final int MOST_DIFFERENT = 2000;
    /** The most lines of diff that are shown. */
    private static final int MOST_SHOWN = 80;

    private static final int CONTEXT = 3;

    /** Compares two texts that are known to differ, line by line. */
    public static TextDiff of(List<String> expected, List<String> actual) {
        int shorter = Math.min(expected.size(), actual.size());
        int same = 0;
        while (same < shorter && expected.get(same).equals(actual.get(same))) {
            same++;
        }
        String first = ", the first difference is in line " + (same + 1);
        int sameAtEnd = 0;
        while (sameAtEnd < shorter - same
                && expected.get(expected.size() - 1 - sameAtEnd).equals(actual.get(actual.size() - 1 - sameAtEnd))) {
            sameAtEnd++;
        }
        if (expected.size() + actual.size() - 2 * (same + sameAtEnd) > MOST_DIFFERENT) {
            return new TextDiff(
                    first + ": " + line(actual, same) + ", but expected " + line(expected, same), List.of());
        }
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                "expected", "actual", expected, DiffUtils.diff(expected, actual), CONTEXT);
        return new TextDiff(first, shown(diff));
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? Text.quote(lines.get(index)) : "the end";
    }

    private static List<String> shown(List<String> diff) {
        List<String> shown = new ArrayList<>();
        diff.stream().limit(MOST_SHOWN).map(Text::line).forEach(shown::add);
        if (diff.size() > MOST_SHOWN) {
            shown.add("... and " + Text.count(diff.size() - MOST_SHOWN, "more line") + " of differences");
        }
        return shown;
    }
}
