package io.github.lambdashell.function.shell;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Which texts Java passes to a new process as UTF-8. */
final class Encoding {
    /** Arguments and variables are encoded as file names are, before Java 18 as anything is. */
    private static final boolean UTF_8 = Charset.defaultCharset().equals(StandardCharsets.UTF_8)
            && "UTF-8".equals(System.getProperty("sun.jnu.encoding"));

    private Encoding() {}

    /** Whether the text arrives unharmed. With a locale that is not installed only ASCII does, the rest becomes `?`. */
    static boolean passes(String text) {
        return UTF_8 || text.chars().allMatch(c -> c < 0x80);
    }
}
