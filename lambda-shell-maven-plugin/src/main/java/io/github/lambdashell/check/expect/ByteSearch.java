package io.github.lambdashell.check.expect;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** A search for bytes in a stream of any length, in one pass and constant memory (Knuth, Morris, Pratt). */
public final class ByteSearch {
    private static final int CHUNK = 64 * 1024;

    private final byte[] needle;
    /** For each prefix of the needle, the length of its longest proper prefix that is also its suffix. */
    private final int[] fallback;

    /** @param needle one byte or more */
    public ByteSearch(byte[] needle) {
        this.needle = needle;
        this.fallback = new int[needle.length];
        for (int i = 1, length = 0; i < needle.length; i++) {
            while (length > 0 && needle[i] != needle[length]) {
                length = fallback[length - 1];
            }
            if (needle[i] == needle[length]) {
                length++;
            }
            fallback[i] = length;
        }
    }

    /**
     * Returns the line, from 1, in which the first occurrence ends; empty when there is none.
     *
     * @throws IOException when the stream can't be read
     */
    public OptionalLong lineOfFirst(InputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK];
        int matched = 0;
        long line = 1;
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            for (int i = 0; i < count; i++) {
                byte next = chunk[i];
                while (matched > 0 && next != needle[matched]) {
                    matched = fallback[matched - 1];
                }
                if (next == needle[matched]) {
                    matched++;
                }
                if (matched == needle.length) {
                    return OptionalLong.of(line);
                }
                if (next == '\n') {
                    line++;
                }
            }
        }
        return OptionalLong.empty();
    }
}
