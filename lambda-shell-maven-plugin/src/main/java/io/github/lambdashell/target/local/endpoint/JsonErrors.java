package io.github.lambdashell.target.local.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.target.local.endpoint.sigv4.AuthenticationException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Errors in the form of Lambda's API. */
public final class JsonErrors {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Errors whose member is {@code Message} instead of {@code message} in the model of Lambda's API; some SDKs read
     * only the member of the model.
     */
    private static final Set<String> CAPITALIZED = Set.of("ResourceNotFoundException", "InvalidRuntimeException");

    private JsonErrors() {}

    /** Sends an error. */
    public static void send(Exchange exchange, AwsException error, String requestId) throws IOException {
        String member = CAPITALIZED.contains(error.code()) ? "Message" : "message";
        byte[] body = JSON.writeValueAsBytes(JSON.createObjectNode()
                .put("Type", error.status() < 500 ? "User" : "Service")
                .put(member, error.getMessage()));
        exchange.respond(
                error.status(),
                Map.of(
                        "content-type",
                        "application/json",
                        "x-amzn-errortype",
                        error.code(),
                        "x-amzn-requestid",
                        requestId),
                body);
    }

    /** Returns the error for a rejected signature. */
    public static AwsException of(AuthenticationException e) {
        return new AwsException(
                403,
                switch (e.kind()) {
                    case MISSING -> "MissingAuthenticationTokenException";
                    case MALFORMED -> "IncompleteSignatureException";
                    case UNKNOWN_KEY -> "UnrecognizedClientException";
                    case EXPIRED, MISMATCH -> "InvalidSignatureException";
                },
                e.getMessage());
    }
}
