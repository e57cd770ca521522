package io.github.lambdashell.function.handler;

import io.github.lambdashell.function.process.Interruptible;
import io.github.lambdashell.function.process.OutputSink;
import io.github.lambdashell.function.process.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The invocations of one event step, one after the other. */
public final class EventRun implements Interruptible {
    private static final int MAX_ERRORS = 20;

    /** Lambda's limit of an initialization, and of a restore. */
    private static final long START_LIMIT = TimeUnit.SECONDS.toNanos(10);

    private final ProjectHandler handler;
    private final HandlerEvent event;
    private final OutputSink sink;
    private final String functionArn;

    private final Map<String, Object> result = new LinkedHashMap<>();
    private final List<Object> durations = new ArrayList<>();
    private final List<Object> errors = new ArrayList<>();
    private int failed;
    private long maxMemoryBytes;
    private boolean isTimedOut;
    private volatile boolean isInterrupted;
    private volatile HandlerProcess running;

    EventRun(ProjectHandler handler, HandlerEvent event, OutputSink sink, String functionArn) {
        this.handler = handler;
        this.event = event;
        this.sink = sink;
        this.functionArn = functionArn;
    }

    /**
     * Runs them.
     *
     * @param limitNanos time limit of each invocation
     * @param deadline of all of them, in terms of {@link System#nanoTime}
     * @throws IOException if the response can't be passed on
     */
    public void run(long limitNanos, long deadline) throws IOException, InterruptedException {
        try {
            invokeAll(limitNanos, deadline);
        } finally {
            HandlerProcess process = running;
            running = null;
            if (process != null) {
                process.log.keep();
                noteMemory(process);
                result.put("pid", process.pid());
                result.put("maxMemoryBytes", maxMemoryBytes);
            }
        }
        result.put("durationsMillis", durations);
        result.put("failed", failed);
        result.put("errors", errors);
    }

    private void noteMemory(HandlerProcess process) {
        maxMemoryBytes = Math.max(maxMemoryBytes, ProcessFigures.maxMemoryBytes(process.pid()));
    }

    private void invokeAll(long limitNanos, long deadline) throws IOException, InterruptedException {
        ProcessFigures first = null;
        ProcessFigures last = null;
        int all = event.warmup + event.invocations;
        for (int i = 1; i <= all && !isInterrupted; i++) {
            HandlerProcess process = initialized(limitNanos, deadline);
            if (process == null) {
                break;
            }
            long duration = invoke(process, i, i == all, within(limitNanos, deadline));
            if (i > event.warmup) {
                durations.add(duration / 1e6);
                if (event.invocations > 1 && process.isAlive() && (first == null || i == all)) {
                    last = ProcessFigures.of(process.pid());
                    first = first == null ? last : first;
                }
            }
            if (process.isAlive()) {
                process.log.awaitPassed();
            } else if (process.isUnableToServe()) {
                break;
            }
            if (i < all && deadline - System.nanoTime() <= 0) {
                isTimedOut = true;
                fail(i + 1, HandlerError.of("Sandbox.Timedout", "Not invoked, as the request's own time was over"));
                break;
            }
        }
        if (first != null && first != last) {
            last.addGrowth(first, result);
        }
    }

    /** Returns the process when it waits for an event; null if it can't be initialized. */
    private HandlerProcess initialized(long limitNanos, long deadline) throws IOException, InterruptedException {
        HandlerProcess process = handler.living();
        if (process == null) {
            fail(
                    0,
                    HandlerError.of(
                            "Runtime.InvalidEntrypoint",
                            String.valueOf(handler.startFailure().getMessage())));
            return null;
        }
        running = process;
        process.log.passTo(sink);
        long start = System.nanoTime();
        long limit = within(Math.max(START_LIMIT, limitNanos), deadline);
        if (!process.awaitInitialized(limit, sink)) {
            return notInitialized(process, start);
        }
        if (process.takeInitReport() && !result.containsKey("initMillis")) {
            result.put("initMillis", process.initMillis());
        }
        return process.api.isRestorable() && !restored(process, deadline) ? null : process;
    }

    /** Returns the time after so many nanoseconds, or the deadline if that is sooner. */
    private static long within(long nanos, long deadline) {
        long now = System.nanoTime();
        return nanos < deadline - now ? now + nanos : deadline;
    }

    private HandlerProcess notInitialized(HandlerProcess process, long start) throws IOException, InterruptedException {
        HandlerError reported = process.api.startFailure();
        if (reported != null) {
            fail(0, reported);
        } else if (process.isAlive()) {
            timedOut(0, System.nanoTime() - start);
        } else {
            fail(0, HandlerError.of("Runtime.ExitError", process.exitReason()));
        }
        process.kill();
        return null;
    }

    private boolean restored(HandlerProcess process, long deadline) throws IOException, InterruptedException {
        long start = System.nanoTime();
        boolean isOver = process.api.restore(within(START_LIMIT, deadline), sink);
        long duration = System.nanoTime() - start;
        result.put("restoreMillis", duration / 1e6);
        HandlerError reported = process.api.startFailure();
        if (isOver && reported == null) {
            return true;
        }
        if (reported != null) {
            fail(0, reported);
        } else if (process.isAlive()) {
            // The type is that of Lambda's own emulator.
            fail(
                    0,
                    HandlerError.of(
                            "Runtime.RestoreHookUserTimeout",
                            "The restore did not end within " + seconds(START_LIMIT) + " seconds"));
        } else {
            fail(0, HandlerError.of("Runtime.ExitError", process.exitReason()));
        }
        process.kill();
        return false;
    }

    /** Passes the event once, and returns the duration in nanoseconds. */
    private long invoke(HandlerProcess process, int invocation, boolean isLast, long deadline)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        long deadlineMillis = System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(deadline - start);
        PendingEvent pending = new PendingEvent(event, deadlineMillis, functionArn, isLast ? sink : null);
        process.offer(pending);
        boolean isOver = process.api.awaitAnswer(deadline, sink);
        long duration = System.nanoTime() - start;
        HandlerError error = process.api.failure();
        if (isOver) {
            if (error != null) {
                fail(invocation, error);
            }
        } else if (process.isAlive()) {
            if (!isInterrupted) {
                timedOut(invocation, duration);
            }
            noteMemory(process);
            process.kill();
        } else if (!isInterrupted) {
            process.log.awaitEnd();
            String reason = "RequestId: " + pending.requestId() + " Error: " + process.exitReason();
            fail(invocation, error == null ? HandlerError.of("Runtime.ExitError", reason) : error);
        }
        return duration;
    }

    private void timedOut(int invocation, long nanos) {
        isTimedOut = true;
        fail(invocation, HandlerError.of("Sandbox.Timedout", "Task timed out after " + seconds(nanos) + " seconds"));
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e9);
    }

    private void fail(int invocation, HandlerError error) {
        failed++;
        if (errors.size() < MAX_ERRORS) {
            errors.add(error.members(invocation));
        }
    }

    /** Returns the result's members. Known, like all below, after {@link #run}. */
    public Map<String, Object> result() {
        return result;
    }

    /** Returns whether an invocation or the initialization failed. */
    public boolean hasFailed() {
        return failed > 0;
    }

    /** Returns whether a time limit ended an invocation. */
    public boolean isTimedOut() {
        return isTimedOut;
    }

    /** Returns whether {@link #interrupt} ended it. */
    public boolean isInterrupted() {
        return isInterrupted;
    }

    /** Ends the handler's process; the next event starts it again. */
    @Override
    public boolean interrupt(Signal signal) throws IOException, InterruptedException {
        HandlerProcess process = running;
        if (process == null) {
            return false;
        }
        isInterrupted = true;
        process.kill();
        return true;
    }

    @Override
    public boolean feed(byte[] bytes) {
        return bytes.length == 0;
    }

    @Override
    public boolean hasRead(long except) {
        return true;
    }

    @Override
    public void endInput() {}
}
