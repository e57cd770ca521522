package io.github.lambdashell.target.local.endpoint;

/** Errors for requests that Lambda rejects, with Lambda's codes and messages. */
final class LambdaErrors {
    private LambdaErrors() {}

    static AwsException functionNotFound(String arn) {
        return new AwsException(404, "ResourceNotFoundException", "Function not found: " + arn);
    }

    static AwsException invalidParameter(String message) {
        return new AwsException(400, "InvalidParameterValueException", message);
    }

    static AwsException invalidContent(String message) {
        return new AwsException(400, "InvalidRequestContentException", message);
    }

    /**
     * Returns the error for a request that is too large.
     *
     * @param limit limit in bytes
     */
    static AwsException requestTooLarge(int limit) {
        return new AwsException(
                413,
                "RequestTooLargeException",
                "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
    }

    static AwsException invalidRuntime(String message) {
        return new AwsException(502, "InvalidRuntimeException", message);
    }

    /**
     * Returns the error for a function that this machine can't run; the function has not been started. Lambda has no
     * such code.
     */
    static AwsException noSandbox(String message) {
        return new AwsException(502, "LocalSandboxException", message);
    }

    static AwsException unknownOperation(String request) {
        return new AwsException(404, "UnknownOperationException", "The local endpoint has no " + request);
    }
}
