package io.github.lambdashell.check.expect;

import java.util.List;

/** How texts end and where they are cut into lines. */
final class Newlines {
    private Newlines() {}

    /** A text less one newline at its end. */
    static String withoutLast(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** A text's lines without their newlines; none for an empty text. A lone carriage return ends no line. */
    static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\r?\n", -1));
    }
}
