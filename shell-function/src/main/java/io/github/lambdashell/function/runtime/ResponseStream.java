package io.github.lambdashell.function.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;

/**
 * The response to one invocation. It begins with the first byte that is written, so that a handler that fails before
 * can still be reported as failed, and everything flushed is on its way at once.
 */
public final class ResponseStream extends OutputStream {
    private final RuntimeApi api;
    private final RuntimeInvocation invocation;
    private HttpURLConnection connection;
    private OutputStream body;

    public ResponseStream(RuntimeApi api, RuntimeInvocation invocation) {
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
            if (body == null) {
                begin(bytes[offset] == '{' ? "application/json" : "application/octet-stream");
            }
            body.write(bytes, offset, length);
        }
    }

    private void begin(String contentType) throws IOException {
        connection = api.response(invocation, contentType);
        body = connection.getOutputStream();
    }

    @Override
    public void flush() throws IOException {
        if (body != null) {
            body.flush();
        }
    }

    /**
     * Ends the response: this is all of it.
     *
     * @throws IOException when the Runtime API did not take it
     */
    public void complete() throws IOException {
        if (body == null) {
            begin("application/octet-stream");
        }
        body.close();
        RuntimeApi.finish(connection);
    }

    /**
     * Reports that the handler failed: as an error where nothing has been written yet, otherwise by a response that
     * breaks off, as {@link HttpURLConnection} sends no trailers.
     */
    public void fail(Throwable failure) throws IOException {
        if (body == null) {
            api.error(invocation, failure);
        } else {
            connection.disconnect();
        }
    }
}
