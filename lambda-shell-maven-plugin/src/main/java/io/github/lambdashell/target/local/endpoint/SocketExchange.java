package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.target.local.endpoint.sigv4.RequestHead;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthOutputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseWriter;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** A request of a connection and its response. Used by one thread. */
final class SocketExchange implements Exchange {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final RequestHead head;
    private InputStream body;
    private final SessionOutputBufferImpl buffer;
    private final OutputStream socket;
    private final boolean keepAlive;
    private boolean responded;
    private boolean bodyRead;
    private boolean complete;

    /**
     * Creates an exchange.
     *
     * @param body stream that ends with the request's body, not null
     */
    SocketExchange(
            RequestHead head,
            InputStream body,
            SessionOutputBufferImpl buffer,
            OutputStream socket,
            boolean keepAlive) {
        this.head = head;
        this.body = body;
        this.buffer = buffer;
        this.socket = socket;
        this.keepAlive = keepAlive;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    /**
     * Reads the body into memory; {@link #body} then reads it from there.
     *
     * @throws AwsException if it is larger than the limit in bytes
     */
    byte[] readBody(int limit) throws IOException {
        byte[] content = body.readNBytes(limit + 1);
        if (content.length > limit) {
            throw LambdaErrors.requestTooLarge(limit);
        }
        bodyRead = true;
        body = new ByteArrayInputStream(content);
        return content;
    }

    /** Returns whether a response has begun. */
    boolean hasResponded() {
        return responded;
    }

    /** Returns whether the connection can be used for another request. */
    boolean isReusable() {
        return keepAlive && bodyRead && complete;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public OutputStream respondStreaming(int status, Map<String, String> headers, long length) throws IOException {
        responded = true;
        ClassicHttpResponse response = new BasicClassicHttpResponse(status);
        response.setVersion(HttpVersion.HTTP_1_1);
        headers.forEach(response::setHeader);
        boolean hasBody = status != 204;
        if (hasBody && length < 0) {
            response.setHeader("Transfer-Encoding", "chunked");
        } else if (hasBody) {
            response.setHeader("Content-Length", length);
        }
        if (!keepAlive) {
            response.setHeader("Connection", "close");
        }
        try {
            new DefaultHttpResponseWriter().write(response, buffer, socket);
        } catch (HttpException e) {
            throw new IOException(e);
        }
        OutputStream content = length < 0
                ? new ChunkedOutputStream(buffer, socket, CHUNK_BYTES, null)
                : new ContentLengthOutputStream(buffer, socket, hasBody ? length : 0);
        return new FilterOutputStream(content) {
            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                out.write(bytes, offset, count);
            }

            @Override
            public void close() throws IOException {
                out.close();
                buffer.flush(socket);
                complete = true;
            }
        };
    }
}
