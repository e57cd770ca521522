package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.BackgroundOutput;
import io.github.lambdashell.session.ShellSession;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Invokes the function at intervals, so that Lambda keeps its sandbox. */
public final class KeepAlive implements AutoCloseable {
    /** Lambda was observed to remove idle sandboxes after five minutes; it guarantees nothing. */
    private static final Duration INTERVAL = Duration.ofMinutes(4);

    /** Lambda's prices in us-east-1 on x86_64; those of other regions differ a little. */
    private static final double DOLLARS_PER_GB_SECOND = 0.0000166667;

    private static final double DOLLARS_PER_REQUEST = 0.0000002;
    private static final double BILLED_SECONDS = 0.01;

    private final ShellSession session;
    private final BackgroundOutput output;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lshell-keepalive");
        thread.setDaemon(true);
        return thread;
    });
    private Future<?> running;

    /** @param output shows that an invocation failed */
    public KeepAlive(ShellSession session, BackgroundOutput output) {
        this.session = session;
        this.output = output;
    }

    synchronized void start() {
        if (running == null) {
            running = clock.scheduleWithFixedDelay(
                    this::invoke, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    synchronized void stop() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }

    synchronized boolean isOn() {
        return running != null;
    }

    /** Returns a description of what it costs. */
    String cost() throws InterruptedException {
        double gigabytes = session.connection().stack().function().memorySize() / 1024.0;
        double perHour = (double) Duration.ofHours(1).toMillis() / INTERVAL.toMillis();
        double dollars = perHour * (DOLLARS_PER_REQUEST + BILLED_SECONDS * gigabytes * DOLLARS_PER_GB_SECOND);
        return String.format(
                Locale.ROOT,
                "an invocation of about 10 ms every %d minutes, %.1f GB-seconds or %.6f dollars a day on AWS",
                INTERVAL.toMinutes(),
                24 * perHour * BILLED_SECONDS * gigabytes,
                24 * dollars);
    }

    private void invoke() {
        try {
            session.keepWarm();
        } catch (ShellException e) {
            stop();
            output.print("[:keepalive is off, because an invocation failed: " + e.problem() + "]");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
