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
    private static final int HEAD = 24 * 1024;
    private static final int TAIL = 8 * 1024;
    /** Of what passed, of which there may be thousands, little is enough. */
    private static final int PASSED_HEAD = 4 * 1024;

    private static final int PASSED_TAIL = 1024;
    /** And of what comes after very much has been kept, next to nothing. */
    private static final int LEAST_HEAD = 400;

    private static final int LEAST_TAIL = 100;
    /** So many bytes are very much: each report holds them in memory several times over. */
    private static final long MUCH = 16L * 1024 * 1024;

    public Excerpt {
        Objects.requireNonNull(head);
        Objects.requireNonNull(tail);
    }

    /**
     * Takes one: 32 KB at most, 5 KB of a check that passed, 500 bytes once very much has been kept.
     *
     * @param kept how many bytes the excerpts before have
     * @throws IOException when the kept output can't be read back
     */
    public static Excerpt of(Output output, Status status, long kept) throws IOException {
        if (kept > MUCH) {
            return of(output, LEAST_HEAD, LEAST_TAIL);
        }
        return status == Status.PASSED ? of(output, PASSED_HEAD, PASSED_TAIL) : of(output, HEAD, TAIL);
    }

    private static Excerpt of(Output output, int headBytes, int tailBytes) throws IOException {
        try (InputStream in = output.open()) {
            if (output.size() <= headBytes + tailBytes) {
                return new Excerpt(output.size(), in.readAllBytes(), new byte[0]);
            }
            byte[] head = in.readNBytes(headBytes);
            in.skipNBytes(output.size() - headBytes - tailBytes);
            return new Excerpt(output.size(), head, in.readNBytes(tailBytes));
        }
    }

    /** How many bytes are kept. */
    public int kept() {
        return head.length + tail.length;
    }

    /** How many bytes between beginning and end are not kept. */
    public long cut() {
        return size - kept();
    }
}
