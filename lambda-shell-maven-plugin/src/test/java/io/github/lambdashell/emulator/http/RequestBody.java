package io.github.lambdashell.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A request's body on its way from the event loop to the worker that reads it. Holds at most about
 * {@value #HIGH_WATER_BYTES} bytes: beyond that the socket is not read, so a slow reader slows the sender.
 */
final class RequestBody extends InputStream {
    private static final int HIGH_WATER_BYTES = 256 * 1024;

    private final Channel channel;
    private final Runnable onFirstRead;
    private final Deque<ByteBuf> parts = new ArrayDeque<>();
    private int bytes;
    private boolean paused;
    private boolean complete;
    private boolean discarding;
    private IOException failure;
    private boolean read;

    /** @param onFirstRead run by the reader before its first byte: the place for "100 Continue" */
    RequestBody(Channel channel, Runnable onFirstRead) {
        this.channel = channel;
        this.onFirstRead = onFirstRead;
    }

    /** Takes over a part of the body. Called by the event loop. Returns whether more may be read from the socket. */
    synchronized boolean offer(ByteBuf part) {
        if (discarding || failure != null || !part.isReadable()) {
            part.release();
            return true;
        }
        parts.add(part);
        bytes += part.readableBytes();
        notifyAll();
        paused = bytes >= HIGH_WATER_BYTES;
        return !paused;
    }

    /** The last part has come. */
    synchronized void complete() {
        complete = true;
        notifyAll();
    }

    /** No more will come. What is here already is lost with it. */
    synchronized void fail(IOException cause) {
        if (!complete) {
            failure = cause;
            notifyAll();
        }
    }

    synchronized boolean isComplete() {
        return complete;
    }

    /** Gives back what nobody reads any more, now and later. */
    synchronized void discard() {
        discarding = true;
        parts.forEach(ByteBuf::release);
        parts.clear();
        bytes = 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!read) {
            read = true;
            onFirstRead.run();
        }
        boolean resume = false;
        int count;
        synchronized (this) {
            awaitPart();
            ByteBuf part = parts.peek();
            if (part == null) {
                return -1;
            }
            count = Math.min(length, part.readableBytes());
            part.readBytes(target, offset, count);
            bytes -= count;
            if (!part.isReadable()) {
                parts.remove().release();
            }
            if (paused && bytes < HIGH_WATER_BYTES / 2) {
                paused = false;
                resume = true;
            }
        }
        if (resume) {
            channel.read();
        }
        return count;
    }

    private void awaitPart() throws IOException {
        while (parts.isEmpty() && !complete) {
            if (failure != null) {
                throw failure;
            }
            if (discarding) {
                throw new EOFException("the exchange has ended");
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }

    @Override
    public synchronized int available() {
        return bytes;
    }
}
