package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.isolation.Container;
import io.github.lambdashell.target.local.isolation.ExitStatus;
import io.github.lambdashell.target.local.log.SandboxLog;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks after a sandbox ten times a second: ends what runs past its deadline or takes more memory than the function
 * has, holds its log to its size, and freezes what is idle. Begins and ends of invocations cost it next to nothing, so
 * that a hundred of them in a row cost no more.
 */
final class SandboxWatch {
    private static final long INTERVAL_MILLIS = 100;

    private final Container container;
    private final SandboxLog log;
    private final int memorySizeMb;
    private final Duration timeout;
    private final ScheduledExecutorService timers;
    private ScheduledFuture<?> ticks;
    private Invocation busyWith;
    private boolean isIdleSinceLastTick;
    private boolean isFrozen;
    private boolean isClosed;

    private record Invocation(Work work, String requestId, long deadlineNanos) {}

    SandboxWatch(
            Container container, SandboxLog log, int memorySizeMb, Duration timeout, ScheduledExecutorService timers) {
        this.container = container;
        this.log = log;
        this.memorySizeMb = memorySizeMb;
        this.timeout = timeout;
        this.timers = timers;
    }

    /** An invocation is about to be given to the runtime. */
    synchronized void wake() {
        isIdleSinceLastTick = false;
        if (isFrozen) {
            container.thaw();
            isFrozen = false;
        }
        if (ticks == null && !isClosed) {
            ticks = timers.scheduleWithFixedDelay(this::tick, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** An invocation has begun. */
    synchronized void begin(Work work, String requestId) {
        busyWith = new Invocation(work, requestId, System.nanoTime() + timeout.toNanos());
        // On a busy machine the sandbox may have been found idle, and frozen, since it was woken for this invocation.
        wake();
    }

    /** It has ended. */
    synchronized void end() {
        busyWith = null;
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
        Invocation invocation = busyOrFrozen();
        if (invocation == null) {
            return;
        }
        log.trim();
        long left = invocation.deadlineNanos - System.nanoTime();
        if (left < TimeUnit.MILLISECONDS.toNanos(2 * INTERVAL_MILLIS)) {
            timers.schedule(
                    () -> end(invocation, Failures.timedOut(invocation.requestId, timeout)),
                    left,
                    TimeUnit.NANOSECONDS);
        }
        if (container.memory().sampleMb() > memorySizeMb) {
            // As Lambda's kernel does.
            end(invocation, Failures.exited(invocation.requestId, ExitStatus.KILLED));
        }
    }

    /** The invocation at hand; without one, freezes the sandbox if it had none at the last tick either. */
    private synchronized Invocation busyOrFrozen() {
        if (busyWith == null && isIdleSinceLastTick) {
            container.freeze();
            isFrozen = true;
            stopTicking();
        }
        isIdleSinceLastTick = busyWith == null;
        return busyWith;
    }

    private synchronized void end(Invocation invocation, Failure why) {
        if (busyWith == invocation) {
            invocation.work.abort(why);
            container.kill();
        }
    }
}
