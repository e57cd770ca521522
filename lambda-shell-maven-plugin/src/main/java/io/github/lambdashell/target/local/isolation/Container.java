package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * A sandbox's processes and its /tmp. The runtime in it can be started again after it has ended. Thread-safe, but one
 * runtime runs at a time.
 */
public interface Container {
    /**
     * Starts the runtime.
     *
     * @return completed when it has ended, and with it everything that it started
     */
    CompletableFuture<ExitStatus> start() throws IOException;

    /** Ends the runtime and everything that it started; {@link #start}'s future tells when that is done. */
    void kill();

    /** Stops all processes until {@link #thaw}, where the isolation can. */
    void freeze();

    /** Lets the processes go on. */
    void thaw();

    /** Returns this machine's id of the sandbox's first process, from which all others descend. */
    long pid();

    /** The memory of the sandbox's processes. */
    MemoryMeter memory();

    /**
     * Ends everything in the sandbox and removes what it left.
     *
     * @return completed when that is done
     */
    CompletableFuture<Void> destroy();
}
