package io.github.lambdashell.check;

import io.github.lambdashell.session.Output;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * What is kept of a stream for the reports: all of it while it is short, else its beginning and its end.
 *
 * @param size how many bytes the command wrote
 * @param head the first bytes, not null
 * @param tail the last bytes, empty when {@code head} is all; not null
 */
public record Excerpt(long size, byte[] head, byte[] tail) {
    /** The most that is kept of a stream's beginning, in bytes. */
    public static final int HEAD = 24 * 1024;
    /** The most that is kept of a stream's end, in bytes. */
    public static final int TAIL = 8 * 1024;

    /** Nothing was written. */
    public static final Excerpt NONE = new Excerpt(0, new byte[0], new byte[0]);

    public Excerpt {
        Objects.requireNonNull(head);
        Objects.requireNonNull(tail);
    }

    /**
     * Takes one.
     *
     * @throws IOException when the kept output can't be read back
     */
    public static Excerpt of(Output output) throws IOException {
        try (InputStream in = output.open()) {
            if (output.size() <= HEAD + TAIL) {
                return new Excerpt(output.size(), in.readAllBytes(), new byte[0]);
            }
            byte[] head = in.readNBytes(HEAD);
            in.skipNBytes(output.size() - HEAD - TAIL);
            return new Excerpt(output.size(), head, in.readNBytes(TAIL));
        }
    }

    /** How many bytes between beginning and end are not kept. */
    public long cut() {
        return size - head.length - tail.length;
    }
}
