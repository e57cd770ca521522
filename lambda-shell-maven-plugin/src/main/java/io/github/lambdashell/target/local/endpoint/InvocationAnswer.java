package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.sandbox.InvocationResult;
import java.io.IOException;

/** How the caller of an invocation is answered. */
interface InvocationAnswer extends ResponseSink {
    /**
     * The invocation has ended.
     *
     * @throws IOException when the caller has gone
     */
    void finish(InvocationResult result) throws IOException;
}
