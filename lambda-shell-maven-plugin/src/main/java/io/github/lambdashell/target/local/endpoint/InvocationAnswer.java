package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.sandbox.InvocationResult;
import java.io.IOException;

/** The response to the caller of an invocation. */
interface InvocationAnswer extends ResponseSink {
    /**
     * Ends the response after the invocation has ended.
     *
     * @throws IOException if the caller has closed the connection
     */
    void finish(InvocationResult result) throws IOException;
}
