package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

    /**
     * Starts the extensions, before the runtime; {@link #start}'s future then completes only after {@link #kill}.
     *
     * @param exits receives the ends of single processes: 0 is the runtime, the extensions count from 1
     */
    void startExtensions(ExitListener exits) throws IOException;

    /** Asks the runtime that runs beside extensions to end, with the signal TERM. */
    void terminateRuntime();

    /** Receives the end of a process, on a thread of the container. */
    @FunctionalInterface
    interface ExitListener {
        void ended(int number, ExitStatus status);

        /** Reads a report of init.sh or plain-child.sh; has no effect if it is another report. */
        default void read(String report) {
            String[] words = report.split(" ");
            if (words.length == 2 && words[0].matches("x\\d{1,2}")) {
                ExitStatus.parse(words[1]).ifPresent(status -> ended(Integer.parseInt(words[0].substring(1)), status));
            }
        }
    }

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

    /**
     * Returns the address at which this process reaches a TCP port on which a process of the sandbox listens.
     *
     * @throws IOException when there is no way to it
     */
    default InetSocketAddress address(int port) throws IOException {
        return loopback(port);
    }

    /** Returns a port of this machine's 127.0.0.1. */
    static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
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
