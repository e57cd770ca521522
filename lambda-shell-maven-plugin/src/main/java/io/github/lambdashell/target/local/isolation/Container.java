package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A sandbox's processes and its /tmp. The runtime in it can be started again after it has ended. Thread-safe, but one
 * runtime runs at a time.
 */
public interface Container {
    /**
     * Starts the runtime.
     *
     * @return completed when the runtime and all its descendants have ended
     */
    CompletableFuture<ExitStatus> start() throws IOException;

    /** Ends the runtime and all its descendants; {@link #start}'s future completes within a few seconds. */
    void kill();

    /** Stops all processes until {@link #thaw}, where the isolation can do so. */
    void freeze();

    /** Continues the processes. */
    void thaw();

    /** Returns this machine's id of the sandbox's first process, from which all others descend. */
    long pid();

    /** Returns this machine's ids of the processes of the sandbox that do not descend from its first process. */
    default List<Long> strays() {
        return List.of();
    }

    /** Returns the meter of the sandbox's memory. */
    MemoryMeter memory();

    /**
     * Ends all processes of the sandbox and removes its directory.
     *
     * @return completed when that is done
     */
    CompletableFuture<Void> destroy();
}
