package io.github.lambdashell.local.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.local.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A request that Lambda refuses: its answer in the service's REST JSON form. */
final class LambdaFailure extends Exception {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final String code;
    private final Optional<String> reason;

    private LambdaFailure(int status, String code, String message, Optional<String> reason) {
        super(message);
        this.status = status;
        this.code = code;
        this.reason = reason;
    }

    static LambdaFailure functionNotFound(String arn) {
        return new LambdaFailure(404, "ResourceNotFoundException", "Function not found: " + arn, Optional.empty());
    }

    static LambdaFailure invalidParameter(String message) {
        return new LambdaFailure(400, "InvalidParameterValueException", message, Optional.empty());
    }

    static LambdaFailure invalidContent(String message) {
        return new LambdaFailure(400, "InvalidRequestContentException", message, Optional.empty());
    }

    static LambdaFailure tooLarge(int limit) {
        return new LambdaFailure(
                413,
                "RequestTooLargeException",
                "Request must be smaller than " + limit + " bytes for the InvokeFunction operation",
                Optional.empty());
    }

    static LambdaFailure tooManyRequests(String message) {
        return new LambdaFailure(
                429,
                "TooManyRequestsException",
                "Rate Exceeded. " + message,
                Optional.of("ReservedFunctionConcurrentInvocationLimitExceeded"));
    }

    static LambdaFailure invalidRuntime(String message) {
        return new LambdaFailure(502, "InvalidRuntimeException", message, Optional.empty());
    }

    static LambdaFailure unknownOperation(String request) {
        return new LambdaFailure(
                404, "UnknownOperationException", "The local endpoint has no " + request, Optional.empty());
    }

    void answer(Exchange exchange) throws IOException {
        ObjectNode body = JSON.createObjectNode()
                .put("Type", status < 500 ? "User" : "Service")
                .put("Message", getMessage())
                .put("message", getMessage());
        reason.ifPresent(text -> body.put("Reason", text));
        exchange.respond(
                status,
                Map.of("Content-Type", "application/json", "x-amzn-ErrorType", code),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
