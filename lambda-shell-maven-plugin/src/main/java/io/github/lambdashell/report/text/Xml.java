package io.github.lambdashell.report.text;

/** Text that XML 1.0 and HTML can hold. */
public final class Xml {
    private static final char REPLACEMENT = '\ufffd';

    private Xml() {}

    /**
     * The text with each character that XML forbids replaced by a visible one: a control character by its number, like
     * {@code \x1b} for escape, half a surrogate pair and what is no character by U+FFFD. Newlines and tabs stay.
     */
    public static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t') {
                legal.appendCodePoint(c);
            } else if (Character.isISOControl(c)) {
                legal.append(String.format("\\x%02x", c));
            } else if (c >= 0xd800 && c <= 0xdfff || (c & 0xfffe) == 0xfffe) {
                legal.append(REPLACEMENT);
            } else {
                legal.appendCodePoint(c);
            }
        });
        return legal.toString();
    }

    /** The text with the five characters of markup escaped, after {@link #legal}. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (char c : legal(text).toCharArray()) {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
