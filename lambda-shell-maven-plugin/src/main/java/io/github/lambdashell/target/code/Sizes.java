package io.github.lambdashell.target.code;

import java.util.Locale;

/** Formatting of byte counts for messages. */
public final class Sizes {
    private static final long KB = 1024;
    private static final long MB = KB * KB;

    private Sizes() {}

    /** Returns for example {@code 12 KB} or {@code 4.2 MB}. */
    public static String text(long bytes) {
        return bytes < MB ? (bytes + KB - 1) / KB + " KB" : String.format(Locale.ROOT, "%.1f MB", (double) bytes / MB);
    }
}
