package io.github.lambdashell.function.runtime;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;

/** What a handler can learn of its invocation, from the Runtime API's headers and the function's environment. */
public final class InvocationContext implements Context {
    private final RuntimeInvocation invocation;

    public InvocationContext(RuntimeInvocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public String getAwsRequestId() {
        return invocation.requestId;
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
        return invocation.functionArn;
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
        long left = invocation.deadlineMillis - System.currentTimeMillis();
        return (int) Math.max(0, Math.min(left, Integer.MAX_VALUE));
    }

    @Override
    public int getMemoryLimitInMB() {
        String megabytes = System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
        return megabytes == null ? 0 : Integer.parseInt(megabytes);
    }

    /** The function's log is what this process prints. */
    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                log(message.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void log(byte[] message) {
                System.out.write(message, 0, message.length);
                System.out.flush();
            }
        };
    }
}
