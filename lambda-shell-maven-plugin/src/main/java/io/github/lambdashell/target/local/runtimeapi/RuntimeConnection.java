package io.github.lambdashell.target.local.runtimeapi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/** One connection of a runtime or an extension to its Runtime API. Used by one thread at a time. */
public final class RuntimeConnection implements Closeable {
    private static final int BUFFER_BYTES = 8 * 1024;
    private static final int PART_BYTES = 64 * 1024;

    /** Node.js's runtime sends an error in a header too, and does not limit its length. */
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(1024 * 1024 + BUFFER_BYTES)
            .setMaxHeaderCount(100)
            .build();

    private final RuntimeServer server;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final InputStream in = new ChannelInput();
    private final SessionInputBufferImpl buffer = new SessionInputBufferImpl(BUFFER_BYTES, LIMITS.getMaxLineLength());
    private final DefaultHttpRequestParser parser = new DefaultHttpRequestParser(LIMITS);
    private final byte[] part = new byte[PART_BYTES];
    private InputStream body = InputStream.nullInputStream();
    private boolean isKept;
    private boolean isAtEnd;

    /**
     * @param server waits for the connection to become readable or writable
     * @param channel just accepted
     */
    RuntimeConnection(RuntimeServer server, SocketChannel channel, Selector selector) throws IOException {
        this.server = server;
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sets what the selector looks for: {@link SelectionKey#OP_READ}, {@code OP_WRITE}, or 0 for nothing. */
    void watchFor(int operations) {
        key.interestOps(operations);
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    boolean hasBufferedInput() {
        return buffer.hasBufferedData();
    }

    /**
     * Receives the head of a request.
     *
     * @return empty when the runtime has closed the connection
     * @throws HttpException if it is malformed
     */
    Optional<ClassicHttpRequest> receive() throws IOException, HttpException {
        body = InputStream.nullInputStream();
        // Unless the request proves to be well-formed, its end is unknown.
        isKept = false;
        ClassicHttpRequest request = parse();
        if (request == null || isAtEnd) {
            return Optional.empty();
        }
        check(request.getHeaders());
        long length = DefaultContentLengthStrategy.INSTANCE.determineLength(request);
        body = length == ContentLengthStrategy.CHUNKED
                ? new ChunkedInputStream(buffer, in, LIMITS)
                : new ContentLengthInputStream(buffer, in, Math.max(length, 0));
        isKept = request.getVersion().greaterEquals(HttpVersion.HTTP_1_1) && !has(request, "Connection", "close");
        if (has(request, "Expect", "100-continue")) {
            write(ByteBuffer.wrap("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII)));
        }
        return Optional.of(request);
    }

    private ClassicHttpRequest parse() throws IOException, HttpException {
        try {
            return parser.parse(buffer, in);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("Malformed request target", e);
        }
    }

    private static boolean has(ClassicHttpRequest request, String name, String value) {
        return Stream.of(request.getHeaders(name))
                .anyMatch(header -> header.getValue().equalsIgnoreCase(value));
    }

    /** Refuses names with control characters, which HttpCore accepts. */
    private static void check(Header[] headers) throws ProtocolException {
        for (Header header : headers) {
            if (!header.getName().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new ProtocolException("Malformed header " + header.getName());
            }
        }
    }

    /**
     * Reads the next bytes of the request's body.
     *
     * @return null at its end
     * @throws IOException if it is malformed or the connection has ended before it
     */
    byte[] read() throws IOException {
        try {
            int count = body.read(part);
            if (count >= 0) {
                return Arrays.copyOf(part, count);
            }
            check(trailers());
        } catch (MalformedChunkCodingException | ProtocolException e) {
            isKept = false;
            throw isAtEnd ? new ConnectionClosedException() : new MalformedChunkCodingException(e.getMessage());
        }
        if (isAtEnd) {
            // HttpCore takes it for the end of the trailers.
            throw new ConnectionClosedException();
        }
        return null;
    }

    /** Reads the rest of the body as a whole; empty if it is too large. */
    public Optional<byte[]> readAll(int limit) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean isTooLarge = false;
        for (byte[] next = read(); next != null; next = read()) {
            isTooLarge |= next.length > limit - content.size();
            if (!isTooLarge) {
                content.writeBytes(next);
            }
        }
        return isTooLarge ? Optional.empty() : Optional.of(content.toByteArray());
    }

    /** Returns whether it has sent something, or was closed, while it waited for an answer; it is closed then. */
    public boolean isGone() throws IOException {
        if (server.takeReady(this)) {
            close();
        }
        return !isOpen();
    }

    /** Reads the rest of the body, because the next request begins at its end. */
    public void discard() throws IOException {
        while (read() != null) {
            // Not needed.
        }
    }

    /** Returns the headers after the body; none before its end. */
    Header[] trailers() {
        return body instanceof ChunkedInputStream chunked ? chunked.getFooters() : new Header[0];
    }

    /**
     * Answers the request that was received.
     *
     * @param headers further ones, each with the end of its line
     */
    public void send(String status, String headers, byte[] content) throws IOException {
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + content.length
                + "\r\n" + headers + (isKept ? "" : "Connection: close\r\n") + "\r\n";
        write(ByteBuffer.wrap(head.getBytes(UTF_8)), ByteBuffer.wrap(content));
        if (!isKept) {
            close();
        }
    }

    /**
     * Answers the request on which the client has waited.
     *
     * @return false if the client has gone
     */
    public boolean sendLater(String status, String headers, byte[] content) throws IOException {
        server.handle(this, connection -> connection.send(status, headers, content));
        return isOpen();
    }

    /**
     * Answers with an error.
     *
     * @param type needs no escaping
     * @param message without control characters
     */
    public void sendError(String status, String type, String message) throws IOException {
        String escaped = message.replace("\\", "\\\\").replace("\"", "\\\"");
        String json = "{\"errorMessage\":\"" + escaped + "\",\"errorType\":\"" + type + "\"}\n";
        send(status, "", json.getBytes(UTF_8));
    }

    private void write(ByteBuffer... buffers) throws IOException {
        while (buffers[buffers.length - 1].hasRemaining() || buffers[0].hasRemaining()) {
            if (channel.write(buffers) == 0) {
                if (server.hasProcessEnded()) {
                    throw new ConnectionClosedException();
                }
                server.await(this, SelectionKey.OP_WRITE);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class ChannelInput extends InputStream {
        @Override
        public int read() {
            throw new UnsupportedOperationException("HttpCore reads into its buffer");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer target = ByteBuffer.wrap(bytes, offset, length);
            while (true) {
                boolean isLast = server.hasProcessEnded();
                int count = channel.read(target);
                if (count < 0 || count == 0 && isLast) {
                    isAtEnd = true;
                    return -1;
                }
                if (count > 0) {
                    return count;
                }
                server.await(RuntimeConnection.this, SelectionKey.OP_READ);
            }
        }
    }
}
