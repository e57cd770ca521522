package io.github.lambdashell.target.local.runtimeapi;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * The Runtime API of one sandbox. A sandbox has one invocation at a time.
 *
 * <p>Thread-safe: used by the connections' threads and by the one that invokes.
 */
public final class RuntimeApi implements AutoCloseable {
    /** What the runtime does outside of invocations. */
    public interface Listener {
        /** It has asked for its next event, so it is initialized, or has ended what came before. */
        void idle();

        /** It has said that it can't start. */
        void initializationFailed(Failure failure);
    }

    private final Listener listener;
    private Channel server;
    private NextRequest waiting;
    private Invocation offered;
    private Invocation current;
    private boolean isInitialized;

    /** A runtime that waits for its next event. */
    interface NextRequest {
        void answer(Invocation invocation);

        /** It may not ask before it has answered. */
        void refuse();
    }

    RuntimeApi(Listener listener) {
        this.listener = listener;
    }

    void bound(Channel server) {
        this.server = server;
    }

    /** Where the function's process finds it: {@code 127.0.0.1:PORT}, the value of AWS_LAMBDA_RUNTIME_API. */
    public String address() {
        return "127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Hands an invocation to the runtime, at once when it waits for one, else when it next asks. */
    public void offer(Invocation invocation) {
        NextRequest next;
        synchronized (this) {
            next = waiting;
            waiting = null;
            if (next == null) {
                offered = invocation;
                return;
            }
            current = invocation;
        }
        next.answer(invocation);
    }

    /** Forgets what the runtime's process asked and was given, because that process has ended. */
    public synchronized void reset() {
        waiting = null;
        offered = null;
        current = null;
        isInitialized = false;
    }

    /** Closes its port and connections. */
    @Override
    public void close() {
        server.close();
    }

    void next(NextRequest request) {
        boolean unanswered;
        Invocation invocation = null;
        synchronized (this) {
            isInitialized = true;
            unanswered = current != null;
            if (!unanswered) {
                invocation = offered;
                offered = null;
                current = invocation;
                waiting = invocation == null ? request : null;
            }
        }
        if (unanswered) {
            request.refuse();
        } else if (invocation == null) {
            listener.idle();
        } else {
            request.answer(invocation);
        }
    }

    /** A runtime that waited has gone. */
    synchronized void withdrawn(NextRequest request) {
        if (waiting == request) {
            waiting = null;
        }
    }

    /**
     * The invocation that a runtime means.
     *
     * @return null when it has none of that id
     */
    synchronized Invocation current(String requestId) {
        return current != null && current.requestId().equals(requestId) ? current : null;
    }

    /** The answer of the current invocation has come, whole or as an error: no second one is taken. */
    synchronized void answered(Invocation invocation) {
        if (current == invocation) {
            current = null;
        }
    }

    /** Whether the runtime's process has asked for an event. */
    synchronized boolean isInitialized() {
        return isInitialized;
    }

    void initializationFailed(Failure failure) {
        listener.initializationFailed(failure);
    }
}
