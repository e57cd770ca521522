package io.github.lambdashell.function.handler;

import io.github.lambdashell.function.process.OutputPipe;
import io.github.lambdashell.function.process.OutputReader;
import io.github.lambdashell.function.process.OutputSink;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What the handler's process writes. It passes on at once during an event, and is kept until the next one otherwise. */
final class HandlerLog implements OutputSink {
    /** The process has to wait once so many bytes are kept. */
    private static final int MAX_KEPT = 1 << 20;

    private static final long QUIET_AFTER_END = 50_000_000;
    private static final long PAUSE = 50_000;

    private final OutputPipe pipe;
    private final OutputReader reader;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private OutputSink sink;
    private boolean isDropped;

    HandlerLog() throws IOException {
        List<OutputPipe> pipes = OutputPipe.pair();
        pipes.get(1).close();
        pipe = pipes.get(0);
        reader = new OutputReader(pipe, STDERR, this, pipe::close);
    }

    /** Starts to read; the process holds the other end by now. */
    void start() {
        Thread thread = new Thread(reader, "lshell-handler-log");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the file that the process's output is redirected to. */
    File writeEnd() {
        return pipe.writeEnd();
    }

    /** Returns the target of the descriptors of those who write to it, as /proc shows it. */
    String link() {
        return pipe.link();
    }

    @Override
    public synchronized void output(int channel, byte[] bytes, int length) throws IOException {
        try {
            while (sink == null && !isDropped && kept.size() > MAX_KEPT) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
        if (isDropped) {
            return;
        }
        if (sink != null) {
            try {
                sink.output(STDERR, bytes, length);
                return;
            } catch (IOException e) {
                // The receiver has gone, which the response shows as well; the process lives on.
                sink = null;
            }
        }
        kept.write(bytes, 0, length);
    }

    @Override
    public void idle() {}

    /** Passes on what is kept, and what comes from now on. */
    synchronized void passTo(OutputSink receiver) throws IOException {
        byte[] bytes = kept.toByteArray();
        kept.reset();
        if (bytes.length > 0) {
            receiver.output(STDERR, bytes, bytes.length);
        }
        sink = receiver;
        notifyAll();
    }

    /** Keeps what comes from now on. */
    synchronized void keep() {
        sink = null;
    }

    /** Drops what is kept and what comes. */
    synchronized void drop() {
        isDropped = true;
        notifyAll();
    }

    /** Waits until all is passed on that was written before this call. */
    void awaitPassed() {
        long now = System.nanoTime();
        pipe.look();
        while (reader.quietNanos(now) == 0) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** Waits until all is passed on that a process wrote which has ended. */
    void awaitEnd() {
        long now = System.nanoTime();
        pipe.look();
        while (reader.quietNanos(now) < QUIET_AFTER_END && !reader.ended()) {
            LockSupport.parkNanos(PAUSE);
        }
    }
}
