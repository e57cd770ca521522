package io.github.lambdashell.local.lambda;

import io.github.lambdashell.local.lambda.sandbox.InvocationResult;
import io.github.lambdashell.local.lambda.sandbox.ResponseSink;
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
