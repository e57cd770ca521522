package io.github.lambdashell.function.runtime;

/** One invocation as the Runtime API hands it out. */
public final class RuntimeInvocation {
    final String requestId;

    /** Milliseconds since 1970, {@link Long#MAX_VALUE} for none. */
    final long deadlineMillis;

    final String functionArn;

    /** Which attempt it is; null where the Runtime API does not say. */
    final String invocationId;

    /** For X-Ray; null where nothing is traced. */
    public final String traceId;

    public final byte[] payload;

    RuntimeInvocation(
            String requestId,
            long deadlineMillis,
            String functionArn,
            String traceId,
            String invocationId,
            byte[] payload) {
        this.requestId = requestId;
        this.deadlineMillis = deadlineMillis;
        this.functionArn = functionArn;
        this.traceId = traceId;
        this.invocationId = invocationId;
        this.payload = payload;
    }
}
