package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.isolation.Container;
import io.github.lambdashell.target.local.isolation.ExitStatus;
import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a sandbox ten times a second: ends a runtime that exceeds the function's timeout or memory, and freezes the
 * sandbox when it is idle. Starts and ends of invocations cost next to nothing, however many follow each other.
 */
final class SandboxWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxWatch.class);
    private static final long INTERVAL_MILLIS = 100;

    private final Container container;
    private final SandboxLog log;
    private final int memorySizeMb;
    private final Duration timeout;
    private final Consumer<RuntimeFailure> abort;
    private final ScheduledExecutorService timers;
    private ScheduledFuture<?> ticks;
    private Work work;
    private boolean isIdleSinceLastTick;
    private boolean isFrozen;
    private boolean isClosed;

    /** The work of the runtime, which ends when the runtime waits for its next event. */
    private static final class Work {
        private long deadlineNanos = Long.MAX_VALUE;
    }

    /** @param abort ends the runtime for a reason */
    SandboxWatch(
            Container container,
            SandboxLog log,
            int memorySizeMb,
            Duration timeout,
            Consumer<RuntimeFailure> abort,
            ScheduledExecutorService timers) {
        this.container = container;
        this.log = log;
        this.memorySizeMb = memorySizeMb;
        this.timeout = timeout;
        this.abort = abort;
        this.timers = timers;
    }

    /** The runtime is about to work: on its initialization, an invocation or both. */
    synchronized void begin() {
        work = new Work();
        isIdleSinceLastTick = false;
        if (isFrozen) {
            container.thaw();
            isFrozen = false;
        }
        if (ticks == null && !isClosed) {
            ticks = timers.scheduleWithFixedDelay(this::tick, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The function's timeout begins. */
    synchronized void startTimeout() {
        work.deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    /** The runtime has done its work; it is not aborted from here on. */
    synchronized void end() {
        work = null;
    }

    synchronized void close() {
        isClosed = true;
        stopTicking();
    }

    private void stopTicking() {
        if (ticks != null) {
            ticks.cancel(false);
            ticks = null;
        }
    }

    private void tick() {
        collect();
        Work current = workOrFreeze();
        if (current == null) {
            return;
        }
        long left = left(current);
        if (left < TimeUnit.MILLISECONDS.toNanos(2 * INTERVAL_MILLIS)) {
            timers.schedule(() -> abort(current, RuntimeFailure.timedOut(timeout)), left, TimeUnit.NANOSECONDS);
        }
        if (container.memory().exceeds(memorySizeMb)) {
            // As Lambda's kernel does.
            abort(current, RuntimeFailure.exited(ExitStatus.KILLED, false));
        }
    }

    private void collect() {
        try {
            log.collect();
        } catch (UncheckedIOException e) {
            // An exception would end the schedule.
            LOG.warn("A function's log was not passed on: {}", e.getMessage());
        }
    }

    private synchronized long left(Work current) {
        return current.deadlineNanos == Long.MAX_VALUE ? Long.MAX_VALUE : current.deadlineNanos - System.nanoTime();
    }

    /** Returns the work at hand; without any, freezes the sandbox if it had none at the last tick either. */
    private synchronized Work workOrFreeze() {
        if (work == null && isIdleSinceLastTick) {
            container.freeze();
            isFrozen = true;
            stopTicking();
        }
        isIdleSinceLastTick = work == null;
        return work;
    }

    private synchronized void abort(Work current, RuntimeFailure reason) {
        if (work == current) {
            abort.accept(reason);
        }
    }
}
