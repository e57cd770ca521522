package io.github.lambdashell.function.handler;

import io.github.lambdashell.function.process.OutputSink;
import java.io.IOException;
import java.util.List;

/**
 * The project's own handler in this execution environment. Its process lives from the first request that names it until
 * another handler takes its place. Used by one invocation at a time.
 */
public final class ProjectHandler {
    /** Whether this is an execution environment of a published version, for a snapshot or restored from it. */
    public static final boolean IN_SNAPSHOT = "snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"));

    /** The variable that names the handler of a snapshot. */
    static final String SNAPSHOT_HANDLER = "LSHELL_HANDLER";

    /** Lambda ends an initialization for a snapshot after 130 s, or after the function's timeout if that is longer. */
    private static final long SNAPSHOT_NANOS = 120_000_000_000L;

    private final List<String> commandLine;
    private String name = "";
    private boolean isSnapStart;
    private HandlerProcess process;
    private IOException startFailure;

    /** @param commandLine of Lambda's runtime; empty if it is unknown, because this is no wrapper's process */
    public ProjectHandler(List<String> commandLine) {
        this.commandLine = List.copyOf(commandLine);
    }

    /** Returns whether a handler can run here. */
    public boolean isAvailable() {
        return !commandLine.isEmpty();
    }

    /**
     * Starts the handler that {@code LSHELL_HANDLER} names, if it is set, and waits until it can be part of a snapshot.
     *
     * @throws IOException if it can't be initialized
     */
    public void startForSnapshot() throws IOException, InterruptedException {
        String handler = System.getenv(SNAPSHOT_HANDLER);
        if (handler == null) {
            return;
        }
        use(handler, true);
        if (process == null) {
            throw startFailure;
        }
        if (!process.awaitInitialized(System.nanoTime() + SNAPSHOT_NANOS, null)) {
            HandlerError reported = process.api.startFailure();
            throw new IOException("the handler " + handler + " could not be initialized: "
                    + (reported != null
                            ? reported
                            : process.isAlive() ? "it was not ready in time" : process.exitReason()));
        }
        pause();
    }

    /** Chooses the handler, and starts its process unless it lives; does not wait for it. */
    public void use(String handler, boolean snapStart) throws IOException {
        // A snapshot's own handler is restored whether a rehearsal is asked for or not.
        if (!handler.equals(name) || snapStart != isSnapStart && !IN_SNAPSHOT) {
            end();
            name = handler;
            isSnapStart = snapStart;
        }
        if (process == null || !process.isAlive()) {
            start();
        } else {
            process.resume();
        }
    }

    /** Notes that the request has ended. */
    public void pause() {
        if (process != null) {
            process.pause();
        }
    }

    private void start() throws IOException {
        HandlerProcess previous = process;
        process = null;
        startFailure = null;
        if (previous != null) {
            previous.api.close();
        }
        try {
            process = new HandlerProcess(name, isSnapStart, commandLine);
        } catch (IOException e) {
            startFailure = e;
        }
    }

    /** Ends the process, if there is one. */
    public void end() throws IOException {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    /** Returns the process's ID; 0 if it could not be started. */
    public long pid() {
        return process == null ? 0 : process.pid();
    }

    /**
     * Prepares to pass an event to the handler.
     *
     * @param sink receives the last response and what the handler's process writes
     * @param functionArn as the shell function was invoked; null if unknown
     */
    public EventRun event(HandlerEvent event, OutputSink sink, String functionArn) {
        return new EventRun(this, event, sink, functionArn);
    }

    /** Returns the living process, which is started anew if it has ended; null if it can't be started. */
    HandlerProcess living() throws IOException {
        if (process == null || !process.isAlive()) {
            HandlerProcess ended = process;
            if (ended != null) {
                ended.log.awaitEnd();
                ended.log.drop();
            }
            start();
        }
        return process;
    }

    /** Returns why the process could not be started. */
    IOException startFailure() {
        return startFailure;
    }
}
