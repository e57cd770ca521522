package io.github.lambdashell.check.expect;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two texts, for a person.
 *
 * @param summary the place of the first difference, to follow "X is not the expected text"
 * @param unified a unified diff without colours, expected lines with {@code -}, actual ones with {@code +}
 */
public record TextDiff(String summary, List<String> unified) {
    /** The maximum number of different lines on both sides: time and memory of a diff grow with its square. */
    private static final int MAX_DIFFERENT = 2000;

    private static final int MAX_SHOWN = 80;

    private static final int CONTEXT = 3;

    /** Compares two different texts line by line. */
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
        if (expected.size() + actual.size() - 2 * (same + sameAtEnd) > MAX_DIFFERENT) {
            return new TextDiff(
                    first + ": " + line(actual, same) + ", but expected " + line(expected, same), List.of());
        }
        if (Excerpt.isBinary(String.join("\n", actual.subList(same, actual.size() - sameAtEnd)))) {
            return new TextDiff(first + ", and the output is binary data", List.of());
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
        diff.stream().limit(MAX_SHOWN).map(Text::line).forEach(shown::add);
        if (diff.size() > MAX_SHOWN) {
            shown.add("... and " + Text.count(diff.size() - MAX_SHOWN, "more line") + " of differences");
        }
        return shown;
    }
}
