package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.ShellSession;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Invokes the function now and then, so that Lambda does not give its sandbox up. */
public final class KeepAlive implements AutoCloseable {
    /** Idle sandboxes have been seen to go after five minutes; Lambda promises nothing. */
    private static final Duration INTERVAL = Duration.ofMinutes(4);

    /** Lambda's own prices in us-east-1 on x86_64; elsewhere they are a little more or less. */
    private static final double DOLLARS_PER_GB_SECOND = 0.0000166667;

    private static final double DOLLARS_PER_REQUEST = 0.0000002;
    private static final double BILLED_SECONDS = 0.01;

    private final ShellSession session;
    private final Screen screen;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lshell-keepalive");
        thread.setDaemon(true);
        return thread;
    });
    private Future<?> running;

    public KeepAlive(ShellSession session, Screen screen) {
        this.session = session;
        this.screen = screen;
    }

    synchronized void start() {
        if (running == null) {
            running = clock.scheduleWithFixedDelay(
                    this::keep, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
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

    /** What it costs, in words. */
    String cost() throws InterruptedException {
        double gigabytes = session.connection().stack().function().memorySize() / 1024.0;
        double perHour = (double) Duration.ofHours(1).toMillis() / INTERVAL.toMillis();
        double dollars = perHour * (DOLLARS_PER_REQUEST + BILLED_SECONDS * gigabytes * DOLLARS_PER_GB_SECOND);
        return String.format(
                Locale.ROOT,
                "an invocation every %d minutes of some 10 ms, %.1f GB-seconds or %.6f dollars a day on AWS",
                INTERVAL.toMinutes(),
                24 * perHour * BILLED_SECONDS * gigabytes,
                24 * dollars);
    }

    private void keep() {
        try {
            session.keepWarm();
        } catch (ShellException e) {
            stop();
            screen.note("the sandbox is not kept any more: " + e.problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
