package io.github.lambdashell.report.text;

import io.github.lambdashell.check.Text;

/** Text that XML 1.0 and HTML can hold. */
public final class Xml {
    private static final char REPLACEMENT = '\ufffd';

    private Xml() {}

    /**
     * Returns a text in which characters that are invalid in XML or not visible are replaced: control characters by their
     * number, such as {@code \x1b} for escape, unpaired surrogates and noncharacters by U+FFFD. Newlines and tabs remain.
     */
    public static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t') {
                legal.appendCodePoint(c);
            } else if (Character.isBmpCodePoint(c) && Text.isControl((char) c)) {
                legal.append(Text.number((char) c));
            } else if (c >= 0xd800 && c <= 0xdfff || (c & 0xfffe) == 0xfffe) {
                legal.append(REPLACEMENT);
            } else {
                legal.appendCodePoint(c);
            }
        });
        return legal.toString();
    }

    /** Returns the text after {@link #legal}, with the five characters of markup escaped. */
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
