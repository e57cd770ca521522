package io.github.lambdashell.function.state;

import java.nio.charset.StandardCharsets;

/** How a shell is given text that it takes literally. */
public final class Quoting {
    private Quoting() {}

    /** One word of shell text. */
    public static String quote(String text) {
        return '\'' + text.replace("'", "'\\''") + '\'';
    }

    /** The text's UTF-8 bytes as ISO 8859-1 characters, as which all shell text is handled here. */
    public static String raw(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
