package io.github.lambdashell.local.lambda.log;

/** The last bytes of what was written to it. Not thread-safe. */
final class LogTail {
    /** As much as Lambda returns in LogResult. */
    private static final int SIZE = 4096;

    private final byte[] ring = new byte[SIZE];
    private long written;

    void append(byte[] bytes, int offset, int length) {
        int skipped = Math.max(0, length - SIZE);
        written += skipped;
        for (int i = offset + skipped; i < offset + length; i++) {
            ring[(int) (written++ % SIZE)] = bytes[i];
        }
    }

    void clear() {
        written = 0;
    }

    byte[] bytes() {
        int length = (int) Math.min(written, SIZE);
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = ring[(int) ((written - length + i) % SIZE)];
        }
        return tail;
    }
}
