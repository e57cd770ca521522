package io.github.lambdashell.target;

import io.github.lambdashell.config.ShellException;
import java.util.Optional;

/** A deployed function as a target invokes it, with bytes as request and response. Safe for use by several threads. */
public interface DeployedFunction {
    /** A listener for the function's response, called while it arrives, on the thread that invokes. */
    interface ResponseListener {
        /** Receives the next bytes of the response; the array is valid until this method returns. */
        void received(byte[] bytes, int offset, int length);

        /** Receives a complete response, from an endpoint that does not stream. */
        void receivedWhole(byte[] response);
    }

    /**
     * Invokes the function once. Only a refusal that proves that the function did not run is repeated.
     *
     * @param event JSON, not null
     * @param listener receives the response, not null
     * @return the figures of the invocation; empty if the endpoint sent no log
     * @throws ShellException if the function could not be invoked or failed
     * @throws InterruptedException if the calling thread was interrupted; the function continues to run
     */
    Optional<InvocationReport> invoke(byte[] event, ResponseListener listener) throws InterruptedException;

    /**
     * Returns the function's configuration without invoking it.
     *
     * @throws ShellException if it can't be read
     */
    FunctionDescription describe() throws InterruptedException;

    /**
     * Returns the same function, each of whose invocations has a new sandbox, which is not used again.
     *
     * @throws UnsupportedOperationException if the target chooses the sandbox
     */
    default DeployedFunction isolated() {
        throw new UnsupportedOperationException("the target chooses the sandbox");
    }

    /** Returns the channel to running commands; empty if the stack has no bucket of its own. */
    Optional<SideChannel> sideChannel();
}
