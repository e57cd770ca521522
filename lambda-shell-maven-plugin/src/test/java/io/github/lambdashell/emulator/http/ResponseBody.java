package io.github.lambdashell.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** A response's body as the worker writes it. Gathers small writes; a flush sends them at once. */
final class ResponseBody extends OutputStream {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final HttpExchange exchange;
    private final Channel channel;
    private final long length;
    private ByteBuf buffer;
    private long written;
    private boolean closed;

    /** @param length in bytes, or -1 when it isn't known before the end */
    ResponseBody(HttpExchange exchange, Channel channel, long length) {
        this.exchange = exchange;
        this.channel = channel;
        this.length = length;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        if (closed) {
            throw new IOException("the response has ended");
        }
        if (length >= 0 && written + count > length) {
            throw new IOException("the response is longer than the " + length + " bytes that were announced");
        }
        written += count;
        int from = offset;
        int left = count;
        while (left > 0) {
            if (buffer == null) {
                buffer = channel.alloc().heapBuffer(BUFFER_BYTES, BUFFER_BYTES);
            }
            int part = Math.min(left, buffer.writableBytes());
            buffer.writeBytes(bytes, from, part);
            from += part;
            left -= part;
            if (!buffer.isWritable()) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (closed) {
            return;
        }
        ByteBuf part = buffer;
        buffer = null;
        if (part == null) {
            channel.flush();
            return;
        }
        try {
            exchange.awaitWritable();
        } catch (IOException e) {
            part.release();
            throw e;
        }
        channel.writeAndFlush(new DefaultHttpContent(part));
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        if (length >= 0 && written < length) {
            throw new IOException("the response has " + written + " of the " + length + " bytes that were announced");
        }
        closed = true;
        LastHttpContent last = buffer == null ? LastHttpContent.EMPTY_LAST_CONTENT : new DefaultLastHttpContent(buffer);
        buffer = null;
        exchange.finish(channel.writeAndFlush(last));
    }

    boolean isClosed() {
        return closed;
    }

    /** Gives the buffer back when the response was left unfinished. */
    void abandon() {
        closed = true;
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
