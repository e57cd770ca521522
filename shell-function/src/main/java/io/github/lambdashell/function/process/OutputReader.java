package io.github.lambdashell.function.process;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads one pipe to its end: passes on what comes, later drops it, so that no writer ever blocks or breaks. */
public final class OutputReader implements Runnable {
    private final OutputPipe pipe;
    private final int channel;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Object passing = new Object();
    private final AtEnd atEnd;
    private OutputSink sink;
    private volatile IOException failure;
    private volatile boolean waiting = true;
    private volatile long waitingSince = System.nanoTime();

    /** Called once everything has been read. */
    @FunctionalInterface
    public interface AtEnd {
        void ended() throws IOException;
    }

    public OutputReader(OutputPipe pipe, int channel, OutputSink sink, AtEnd atEnd) {
        this.pipe = pipe;
        this.channel = channel;
        this.sink = sink;
        this.atEnd = atEnd;
    }

    @Override
    public void run() {
        try {
            for (int length = pipe.read(); length >= 0; length = pipe.read()) {
                waiting = false;
                pass(pipe.buffer, length);
                waitingSince = System.nanoTime();
                waiting = true;
            }
            atEnd.ended();
        } catch (IOException e) {
            failure = e;
        } finally {
            end.countDown();
        }
    }

    private void pass(byte[] bytes, int length) {
        synchronized (passing) {
            if (sink != null) {
                try {
                    sink.output(channel, bytes, length);
                } catch (IOException e) {
                    failure = e;
                    sink = null;
                }
            }
        }
    }

    /** Drops later output. Returns when no output is being passed on any more. */
    public void drop() {
        synchronized (passing) {
            sink = null;
        }
    }

    /** Throws the failure that kept output from being passed on, if any. */
    public void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Returns whether everything has been read. */
    public boolean ended() {
        return end.getCount() == 0;
    }

    /** Waits for the end, at most {@code nanos}. */
    public void awaitEnd(long nanos) throws InterruptedException {
        end.await(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Returns the nanoseconds of silence since a process has ended; 0 as long as not all that it wrote has been passed on.
     *
     * @param end of the process, in terms of {@link System#nanoTime}
     */
    public long quietNanos(long end) {
        if (ended()) {
            return Long.MAX_VALUE;
        }
        return waiting && pipe.isEmptySince(end) ? System.nanoTime() - Math.max(waitingSince, end) : 0;
    }
}
