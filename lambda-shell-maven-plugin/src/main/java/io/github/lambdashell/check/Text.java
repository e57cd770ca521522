package io.github.lambdashell.check;

/** Values as messages show them: on one line, shortened, with nothing in them that acts on a terminal. */
public final class Text {
    /** The most characters of a value that a message shows. */
    private static final int SHOWN = 200;
    /** The most characters of a line that a report shows. */
    private static final int LINE = 2000;

    private Text() {}

    /** The value in double quotes, control characters escaped, shortened to {@value #SHOWN} characters. */
    public static String quote(CharSequence value) {
        return show(value, SHOWN, "\"");
    }

    /** A line of a longer text as it is, control characters escaped, shortened to {@value #LINE} characters. */
    public static String line(CharSequence line) {
        return show(line, LINE, "");
    }

    private static String show(CharSequence value, int most, String around) {
        StringBuilder shown = new StringBuilder(around);
        int length = Math.min(value.length(), most);
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

    /** Whether a character acts on a terminal or on the direction of text instead of being seen. */
    public static boolean isControl(char c) {
        return Character.isISOControl(c)
                || c >= '\u200e' && c <= '\u200f'
                || c >= '\u2028' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069'
                || c == '\ufeff';
    }

    /** A character by its number: {@code \x1b} for escape. */
    public static String number(char c) {
        return String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c);
    }

    /** "1 line", "2 lines": a number with its noun, which takes an s. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
