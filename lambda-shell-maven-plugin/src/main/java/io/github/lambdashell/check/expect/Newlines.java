package io.github.lambdashell.check.expect;

import java.util.List;

/** Line ends of texts. */
final class Newlines {
    private Newlines() {}

    /** Returns a text without one newline at its end. */
    static String withoutLast(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** Returns a text's lines; none for an empty text. A lone carriage return does not end a line. */
    static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\r?\n", -1));
    }
}
