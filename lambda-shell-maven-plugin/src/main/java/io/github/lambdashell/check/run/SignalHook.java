package io.github.lambdashell.check.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A hook that interrupts its creator's thread when a signal ends the JVM, and delays the JVM's end until it is
 * released.
 */
public final class SignalHook {
    /** A second Ctrl-C does not end the JVM earlier. */
    private static final Duration MAX_DELAY = Duration.ofSeconds(10);

    private final Thread owner = Thread.currentThread();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Thread hook = new Thread(this::atSignal, "lshell-reports");

    public SignalHook() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            owner.interrupt();
        }
    }

    private void atSignal() {
        owner.interrupt();
        try {
            released.await(MAX_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the JVM end. */
    public void release() {
        released.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running, and ends now.
        }
    }
}
