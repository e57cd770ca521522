package io.github.lambdashell.check.run;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** The limits of a run, or of several at once that share them. Thread-safe. */
public final class RunLimits {
    private final int parallel;
    private final boolean failFast;
    private final Semaphore requests;
    private final AtomicReference<String> failed = new AtomicReference<>();

    /**
     * @param parallel the number of requests at once, 1 or more
     * @param failFast whether no check begins after one has failed
     */
    public RunLimits(int parallel, boolean failFast) {
        this.parallel = parallel;
        this.failFast = failFast;
        this.requests = new Semaphore(parallel, true);
    }

    int parallel() {
        return parallel;
    }

    /** Waits until another request may begin. */
    void begin() throws InterruptedException {
        requests.acquire();
    }

    void end() {
        requests.release();
    }

    /**
     * Receives that a check did not pass.
     *
     * @param name its name, without secrets
     */
    void failed(String name) {
        if (failFast) {
            failed.compareAndSet(null, "failFast, and \"" + name + "\" did not pass");
        }
    }

    /** Returns why no further check begins; empty if it may. */
    Optional<String> stopped() {
        return Optional.ofNullable(failed.get());
    }
}
