package io.github.lambdashell.function;

import io.github.lambdashell.function.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Answers in frames: one byte channel, three zero bytes, a four-byte big-endian length, the bytes. */
final class FrameResponse implements Response {
    static final int EVENTS = 3;

    private static final int HEADER = 8;

    private final OutputStream out;
    private final long silenceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private long lastFrame = System.nanoTime();

    /** @param silence after which a heartbeat is sent */
    FrameResponse(OutputStream out, Duration silence) {
        this.out = out;
        this.silenceNanos = silence.toNanos();
    }

    @Override
    public void output(int channel, byte[] bytes, int length) throws IOException {
        write(channel, bytes, length, true);
    }

    @Override
    public void idle() throws IOException {
        // A lock that somebody holds means that output is on its way: no silence, and no reason to wait.
        if (lock.tryLock()) {
            try {
                if (System.nanoTime() - lastFrame >= silenceNanos) {
                    event("heartbeat", Map.of(), true);
                }
                out.flush();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Goes out with the result, which most often follows at once, or when the next step turns out to be silent. */
    @Override
    public void step(Map<String, Object> members) throws IOException {
        event("step", members, false);
    }

    @Override
    public void result(Map<String, Object> members) throws IOException {
        event("result", members, true);
    }

    private void event(String type, Map<String, Object> members, boolean flush) throws IOException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", type);
        event.putAll(members);
        byte[] json = JsonWriter.write(event);
        write(EVENTS, json, json.length, flush);
    }

    private void write(int channel, byte[] bytes, int length, boolean flush) throws IOException {
        byte[] frame = new byte[HEADER + length];
        frame[0] = (byte) channel;
        for (int i = 0; i < 4; i++) {
            frame[4 + i] = (byte) (length >>> 24 - 8 * i);
        }
        System.arraycopy(bytes, 0, frame, HEADER, length);
        lock.lock();
        try {
            out.write(frame);
            if (flush) {
                out.flush();
            }
            lastFrame = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }
}
