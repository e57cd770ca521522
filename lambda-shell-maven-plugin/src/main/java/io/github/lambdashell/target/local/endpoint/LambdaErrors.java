package io.github.lambdashell.target.local.endpoint;

import java.util.List;

/** Errors for requests that Lambda rejects, with Lambda's codes and messages. */
final class LambdaErrors {
    private LambdaErrors() {}

    static AwsException functionNotFound(String arn) {
        return new AwsException(404, "ResourceNotFoundException", "Function not found: " + arn);
    }

    static AwsException otherRegion(String region, String requestRegion) {
        return new AwsException(
                404,
                "ResourceNotFoundException",
                "Functions from '" + region + "' are not reachable in this region ('" + requestRegion + "')");
    }

    static AwsException validation(List<String> problems) {
        return new AwsException(
                400,
                "ValidationException",
                problems.size() + " validation error" + (problems.size() == 1 ? "" : "s") + " detected: "
                        + String.join("; ", problems));
    }

    static AwsException notInEnum(String member, String value, String values) {
        return validation(List.of("Value '" + value + "' at '" + member
                + "' failed to satisfy constraint: Member must satisfy enum value set: " + values));
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
                "RequestEntityTooLargeException",
                "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
    }

    /** Returns the error for an event that is too large for an asynchronous invocation. */
    static AwsException eventTooLarge(int bytes, int limit) {
        return new AwsException(
                413,
                "RequestEntityTooLargeException",
                bytes + " byte payload is too large for the Event invocation type (limit " + limit + " bytes)");
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
