package io.github.lambdashell.target.local.endpoint;

/** The requests that Lambda refuses, in its words. */
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

    /** @param limit in bytes */
    static AwsException requestTooLarge(int limit) {
        return new AwsException(
                413,
                "RequestTooLargeException",
                "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
    }

    static AwsException invalidRuntime(String message) {
        return new AwsException(502, "InvalidRuntimeException", message);
    }

    /** No code of Lambda's: this machine can't do what Lambda can. Nothing of the function has run. */
    static AwsException noSandbox(String message) {
        return new AwsException(502, "LocalSandboxException", message);
    }

    static AwsException unknownOperation(String request) {
        return new AwsException(404, "UnknownOperationException", "The local endpoint has no " + request);
    }
}
