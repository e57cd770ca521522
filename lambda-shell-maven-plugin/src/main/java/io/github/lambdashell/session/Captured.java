package io.github.lambdashell.session;

import io.github.lambdashell.protocol.FrameListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A listener that keeps the first bytes of the output of one of the plugin's own commands. */
public final class Captured implements FrameListener {
    private static final int DEFAULT_LIMIT = 8 << 20;

    private final int limit;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr;
    private boolean cut;

    public Captured() {
        this(DEFAULT_LIMIT);
    }

    /**
     * Creates a listener that keeps the two streams separately.
     *
     * @param limit maximum number of bytes to keep of each stream
     */
    public Captured(int limit) {
        this(limit, false);
    }

    private Captured(int limit, boolean together) {
        this.limit = limit;
        this.stderr = together ? stdout : new ByteArrayOutputStream();
    }

    /** Creates a listener whose {@link #stdout()} contains both streams in order of arrival. */
    public static Captured bothStreams(int limit) {
        return new Captured(limit, true);
    }

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
        keep(stdout, bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
        keep(stderr, bytes, offset, length);
    }

    private void keep(ByteArrayOutputStream stream, byte[] bytes, int offset, int length) {
        int fits = Math.min(length, limit - stream.size());
        stream.write(bytes, offset, fits);
        cut |= fits < length;
    }

    /** Returns whether output was dropped. */
    public boolean isCut() {
        return cut;
    }

    /** Returns the bytes of standard output. */
    public byte[] bytes() {
        return stdout.toByteArray();
    }

    /** Returns the bytes of standard error. */
    public byte[] stderrBytes() {
        return stderr.toByteArray();
    }

    /** Returns standard output as text. */
    public String stdout() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    /** Returns standard error as text, without surrounding white space. */
    public String stderr() {
        return stderr.toString(StandardCharsets.UTF_8).strip();
    }
}
