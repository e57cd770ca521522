package io.github.lambdashell.function.runtime;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;

/** One invocation from the Runtime API, and the handler's context. */
public final class RuntimeInvocation implements Context, LambdaLogger {
    public final byte[] payload;

    /** For X-Ray; null when the invocation is not traced. */
    public final String traceId;

    /** Identifies the attempt; null when the Runtime API does not send it. */
    final String invocationId;

    private final String requestId;
    private final long deadlineMillis;
    private final String functionArn;

    /** @param deadlineMillis milliseconds since 1970, {@link Long#MAX_VALUE} for none */
    RuntimeInvocation(
            byte[] payload,
            String requestId,
            long deadlineMillis,
            String functionArn,
            String traceId,
            String invocationId) {
        this.payload = payload;
        this.requestId = requestId;
        this.deadlineMillis = deadlineMillis;
        this.functionArn = functionArn;
        this.traceId = traceId;
        this.invocationId = invocationId;
    }

    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public String getLogGroupName() {
        return System.getenv("AWS_LAMBDA_LOG_GROUP_NAME");
    }

    @Override
    public String getLogStreamName() {
        return System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
    }

    @Override
    public String getFunctionName() {
        return System.getenv("AWS_LAMBDA_FUNCTION_NAME");
    }

    @Override
    public String getFunctionVersion() {
        return System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
    }

    @Override
    public String getInvokedFunctionArn() {
        return functionArn;
    }

    /** Null: callers through the mobile SDKs are not served. */
    @Override
    public CognitoIdentity getIdentity() {
        return null;
    }

    /** Null: callers through the mobile SDKs are not served. */
    @Override
    public ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        long left = deadlineMillis - System.currentTimeMillis();
        return (int) Math.max(0, Math.min(left, Integer.MAX_VALUE));
    }

    @Override
    public int getMemoryLimitInMB() {
        String megabytes = System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
        return megabytes == null ? 0 : Integer.parseInt(megabytes);
    }

    @Override
    public LambdaLogger getLogger() {
        return this;
    }

    @Override
    public void log(String message) {
        log(message.getBytes(StandardCharsets.UTF_8));
    }

    /** The function's log is what this process prints. */
    @Override
    public void log(byte[] message) {
        System.out.write(message, 0, message.length);
        System.out.flush();
    }
}
