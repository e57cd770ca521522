package io.github.lambdashell.session;

import io.github.lambdashell.protocol.FrameListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the first bytes of what a command of our own writes. */
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
     * @param limit bytes of each stream
     */
    public Captured(int limit) {
        this(limit, false);
    }

    private Captured(int limit, boolean together) {
        this.limit = limit;
        this.stderr = together ? stdout : new ByteArrayOutputStream();
    }

    /** One whose {@link #stdout()} has both streams, as they came. */
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

    /** Whether there was more than is kept. */
    public boolean isCut() {
        return cut;
    }

    /** Standard output's bytes. */
    public byte[] bytes() {
        return stdout.toByteArray();
    }

    /** Standard output as text. */
    public String stdout() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    /** Standard error as text, without the blanks around it. */
    public String stderr() {
        return stderr.toString(StandardCharsets.UTF_8).strip();
    }
}
