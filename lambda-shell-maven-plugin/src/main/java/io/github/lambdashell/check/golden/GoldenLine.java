package io.github.lambdashell.check.golden;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of a golden file: {@code ...} matches any number of lines, {@code [..]} within a line any text.
 *
 * @param text as in the file, not null
 * @param parts the text between the wildcards in the line, one where there are none
 */
record GoldenLine(String text, List<String> parts) {
    private static final String ANY_LINES = "...";
    private static final String ANY_TEXT = "[..]";

    static GoldenLine of(String text) {
        return new GoldenLine(text, List.of(text.split(Pattern.quote(ANY_TEXT), -1)));
    }

    /** Returns the lines of a file; the last newline ends the last line. */
    static List<GoldenLine> all(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        String lines = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return Arrays.stream(lines.split("\n", -1))
                .map(line -> GoldenLine.of(withoutCarriageReturns(line).toString()))
                .toList();
    }

    /** Returns a line without carriage returns at its end, which a file can't tell from those of line ends. */
    static CharSequence withoutCarriageReturns(CharSequence line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        return line.subSequence(0, end);
    }

    boolean isAnyLines() {
        return text.equals(ANY_LINES);
    }

    boolean matches(CharSequence line) {
        String first = parts.get(0);
        if (parts.size() == 1) {
            return first.contentEquals(line);
        }
        String last = parts.get(parts.size() - 1);
        int end = line.length() - last.length();
        if (end < first.length() || !isAt(line, 0, first) || !isAt(line, end, last)) {
            return false;
        }
        int position = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            while (position + part.length() <= end && !isAt(line, position, part)) {
                position++;
            }
            position += part.length();
            if (position > end) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAt(CharSequence line, int position, String part) {
        for (int i = 0; i < part.length(); i++) {
            if (line.charAt(position + i) != part.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
