package io.github.lambdashell.report;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the thread that makes it come to an orderly end when a signal ends the JVM: the thread is interrupted, and the
 * JVM stays until the hook is released.
 */
final class SignalHook {
    /** A second Ctrl-C would not end the JVM either. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Thread owner = Thread.currentThread();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Thread hook = new Thread(this::atSignal, "lshell-reports");

    SignalHook() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void atSignal() {
        owner.interrupt();
        try {
            released.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What must not be lost is done. */
    void release() {
        released.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // It runs already, and ends now.
        }
    }
}
