package io.github.lambdashell.function.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The response to one invocation. It begins with the first byte that is written, so that a handler that fails before can
 * still be reported as failed, and everything flushed is sent at once.
 */
public final class ResponseStream extends OutputStream {
    /** A frame of the largest size in one chunk. */
    private static final int MAX_CHUNK = 66 * 1024;

    private static final byte[] END = {};

    private final RuntimeClient api;
    private final RuntimeInvocation invocation;
    private final Chunk chunk = new Chunk();
    private boolean begun;

    /** The bytes since the last flush. */
    private static final class Chunk extends ByteArrayOutputStream {
        void sendTo(RuntimeClient api) throws IOException {
            if (count > 0) {
                api.send(buf, count);
                reset();
            }
        }
    }

    public ResponseStream(RuntimeClient api, RuntimeInvocation invocation) {
        this.api = api;
        this.invocation = invocation;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            if (!begun) {
                begin(bytes[offset] == '{' ? "application/json" : "application/octet-stream");
            }
            chunk.write(bytes, offset, length);
            if (chunk.size() >= MAX_CHUNK) {
                flush();
            }
        }
    }

    private void begin(String contentType) throws IOException {
        api.respond(invocation, contentType);
        begun = true;
    }

    @Override
    public void flush() throws IOException {
        chunk.sendTo(api);
    }

    /**
     * Ends a complete response.
     *
     * @throws IOException when the Runtime API did not accept it
     */
    public void complete() throws IOException {
        if (!begun) {
            begin("application/octet-stream");
        }
        flush();
        api.send(END, 0);
        api.finish();
    }

    /** Reports that the handler failed: as an error when nothing has been written, otherwise by breaking off. */
    public void fail(Throwable failure) throws IOException {
        if (begun) {
            api.abort();
        } else {
            api.error(invocation, failure);
        }
    }
}
