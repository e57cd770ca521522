package io.github.lambdashell.target.local.runtimeapi;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;

/** The extensions of a function, which share the Runtime API's address. Called by the thread that serves it. */
public interface Extensions {
    /** No extensions, and no operations for them. */
    Extensions NONE = new Extensions() {};

    /** Forgets those of the previous process of the runtime. */
    default void reset() {}

    /**
     * Serves a request.
     *
     * @return false if it is none of their operations; nothing has been read or sent then
     */
    default boolean receive(RuntimeConnection connection, ClassicHttpRequest request) throws IOException {
        return false;
    }

    /** Returns whether a connection waited for an event; it is closed, and does not wait any more. */
    default boolean release(RuntimeConnection connection) throws IOException {
        return false;
    }

    /** Returns whether all that have a process of their own are registered. */
    default boolean areRegistered() {
        return true;
    }

    /** Returns whether all wait for their next event. */
    default boolean areReady() {
        return true;
    }

    /** Returns whether one has ended or could not be started. */
    default boolean haveFailed() {
        return false;
    }

    /** The runtime is initialized. */
    default void runtimeIsInitialized() {}

    /** An invocation begins. */
    default void invoke(Invocation invocation) throws IOException {}

    /** An invocation's runtime has answered and waits for its next event. */
    default void runtimeIsDone(Optional<Failure> failure) {}

    /** The sandbox is about to end. */
    default void shutDown(String reason, Instant deadline) throws IOException {}

    /** Returns whether none is left that wants to know of the sandbox's end. */
    default boolean haveEnded() {
        return true;
    }

    /**
     * What they learn of an invocation.
     *
     * @param functionArn as it was invoked
     * @param deadline when the function's timeout ends it
     * @param traceId X-Ray's header
     */
    record Invocation(String requestId, String functionArn, Instant deadline, String traceId) {}
}
