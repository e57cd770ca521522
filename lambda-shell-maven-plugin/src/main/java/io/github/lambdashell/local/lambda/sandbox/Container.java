package io.github.lambdashell.local.lambda.sandbox;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A sandbox's processes and its /tmp. The runtime in it can be started again after it has ended. */
interface Container {
    /**
     * Starts the runtime. Only one runs at a time.
     *
     * @return completed when it has ended and with it everything that it started
     */
    CompletableFuture<ExitStatus> start() throws IOException;

    /** Ends the runtime and everything that it started; {@link #start}'s future tells when that is done. */
    void kill();

    /** Waits until all that the processes have written so far is in the log. */
    void drainLog();

    /** The most memory that the sandbox's processes have used together, in MB. */
    int maxMemoryUsedMb();

    /**
     * Ends everything in the sandbox and removes what it left.
     *
     * @return completed when that is done
     */
    CompletableFuture<Void> destroy();
}
