package io.github.lambdashell.check;

/** Values as messages show them: on one line, shortened, control characters escaped. */
public final class Text {
    private static final int MAX_VALUE = 200;
    private static final int MAX_LINE = 2000;

    private Text() {}

    /** Returns the output's value in double quotes, shortened to {@value #MAX_VALUE} characters. */
    public static String quote(CharSequence value) {
        return show(value, MAX_VALUE, "\"");
    }

    /** Returns the user's value in single quotes, shortened to {@value #MAX_VALUE} characters. */
    public static String apostrophes(CharSequence value) {
        return show(value, MAX_VALUE, "'");
    }

    /** Returns a line of a longer text without quotes, shortened to {@value #MAX_LINE} characters. */
    public static String line(CharSequence line) {
        return line(line, MAX_LINE);
    }

    /** Returns a line of a longer text without quotes, shortened to a number of characters. */
    public static String line(CharSequence line, int max) {
        return show(line, max, "");
    }

    private static String show(CharSequence value, int max, String around) {
        StringBuilder shown = new StringBuilder(around);
        int length = Math.min(value.length(), max);
        if (length < value.length() && Character.isHighSurrogate(value.charAt(length - 1))) {
            length--;
        }
        for (int i = 0; i < length; i++) {
            escape(value.charAt(i), shown);
        }
        shown.append(around);
        if (length < value.length()) {
            shown.append(" and ").append(count(value.length() - (long) length, "more character"));
        }
        return shown.toString();
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (isControl(c)) {
                    out.append(number(c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    /** Returns whether a character controls a terminal or the direction of text. */
    public static boolean isControl(char c) {
        return Character.isISOControl(c)
                || c >= '\u200e' && c <= '\u200f'
                || c >= '\u2028' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069'
                || c == '\ufeff';
    }

    /** Returns a character by its number: {@code \x1b} for escape. */
    public static String number(char c) {
        return String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c);
    }

    /** Returns a number with its noun, which takes an s: "1 line", "2 lines". */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
