package io.github.lambdashell.check;

import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.session.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * An excerpt of a stream for the reports, as text without secrets: all of it while it is short, otherwise its beginning
 * and its end. Bytes that are not UTF-8 are replaced.
 *
 * @param size the number of bytes that the command wrote
 * @param lines the number of lines that it wrote
 * @param kept the number of bytes in the excerpt
 * @param head the beginning, or all of it; not null
 * @param tail the end, empty when {@code head} is all; not null
 * @param binary whether more than a tenth of its characters are no text
 */
public record Excerpt(long size, long lines, int kept, String head, String tail, boolean binary) {
    private static final int HEAD = 24 * 1024;
    private static final int TAIL = 8 * 1024;
    /** Of checks that passed, of which there may be thousands. */
    private static final int PASSED_HEAD = 4 * 1024;

    private static final int PASSED_TAIL = 1024;
    /** Of checks after {@link #MANY_BYTES} have been kept. */
    private static final int MIN_HEAD = 400;

    private static final int MIN_TAIL = 100;
    /** Each report holds the excerpts in memory several times. */
    private static final long MANY_BYTES = 16L * 1024 * 1024;

    public Excerpt {
        Objects.requireNonNull(head);
        Objects.requireNonNull(tail);
    }

    /**
     * Takes an excerpt of up to 32 KB, 5 KB of a check that passed, 500 bytes once 16 MB have been kept.
     *
     * @param keptBefore the number of bytes in earlier excerpts
     * @throws IOException when the output can't be read back
     */
    public static Excerpt of(Output output, Status status, long keptBefore, Secrets secrets) throws IOException {
        if (keptBefore > MANY_BYTES) {
            return of(output, MIN_HEAD, MIN_TAIL, secrets);
        }
        return status == Status.PASSED
                ? of(output, PASSED_HEAD, PASSED_TAIL, secrets)
                : of(output, HEAD, TAIL, secrets);
    }

    private static Excerpt of(Output output, int headBytes, int tailBytes, Secrets secrets) throws IOException {
        long lines = output.lines();
        try (InputStream in = output.open()) {
            if (output.size() <= headBytes + tailBytes) {
                byte[] all = in.readAllBytes();
                String text = text(all);
                return new Excerpt(output.size(), lines, all.length, secrets.mask(text), "", isBinary(text));
            }
            String head = text(in.readNBytes(headBytes));
            in.skipNBytes(output.size() - headBytes - tailBytes);
            String tail = text(in.readNBytes(tailBytes));
            return new Excerpt(
                    output.size(),
                    lines,
                    headBytes + tailBytes,
                    secrets.maskHead(head),
                    secrets.maskTail(tail),
                    isBinary(head));
        }
    }

    /**
     * Returns whether more than a tenth of the characters are no text: bytes that are not UTF-8, and control characters
     * that neither format text nor begin an escape sequence.
     */
    public static boolean isBinary(String text) {
        long strange = text.chars()
                .filter(c -> c == '\ufffd' || c < ' ' && "\b\t\n\f\r\u001b".indexOf(c) < 0)
                .count();
        return strange * 10 > text.length();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns the number of bytes between beginning and end that are not kept. */
    public long cut() {
        return size - kept;
    }

    /** Returns the note between beginning and end, empty when nothing is missing. */
    public String note() {
        return cut() == 0 ? "" : "[... " + Text.count(cut(), "byte") + " not kept ...]";
    }

    /** Returns the excerpt with its note. */
    public String text() {
        return cut() == 0 ? head : head + "\n" + note() + "\n" + tail;
    }
}
