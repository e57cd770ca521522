package io.github.lambdashell.emulator.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of the first bytes of another stream. */
final class BoundedInputStream extends FilterInputStream {
    private long left;

    /**
     * Limits a stream.
     *
     * @param length length in bytes
     */
    BoundedInputStream(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(left, length));
        left -= Math.max(count, 0);
        return count;
    }
}
