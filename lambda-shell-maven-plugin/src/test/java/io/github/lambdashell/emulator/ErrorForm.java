package io.github.lambdashell.emulator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.lambdashell.emulator.xml.Xml;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import io.github.lambdashell.target.local.endpoint.sigv4.AuthenticationException;
import io.github.lambdashell.target.local.endpoint.sigv4.RequestHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** The form of a service's errors, and its codes for failed authentication. */
enum ErrorForm {
    S3 {
        @Override
        void answer(Exchange exchange, AwsException error, String requestId) throws IOException {
            String[] path = exchange.path().split("/", 3);
            byte[] body = Xml.document("Error", "", xml -> xml.element("Code", error.code())
                    .element("BucketName", error.code().contains("Bucket") ? path[1] : null)
                    .element("Key", error.code().startsWith("NoSuchKey") ? path[2] : null)
                    .element("Message", error.getMessage())
                    .element("Resource", exchange.path())
                    .element("RequestId", requestId));
            exchange.respond(error.status(), Map.of("content-type", "application/xml"), body);
        }

        @Override
        AwsException bodyMismatch() {
            return new AwsException(
                    400,
                    "XAmzContentSHA256Mismatch",
                    "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }

        @Override
        AwsException of(AuthenticationException e) {
            return switch (e.kind()) {
                case MISSING -> new AwsException(403, "AccessDenied", "Access Denied");
                case MALFORMED -> new AwsException(400, "AuthorizationHeaderMalformed", e.getMessage());
                case UNKNOWN_KEY ->
                    new AwsException(
                            403,
                            "InvalidAccessKeyId",
                            "The AWS Access Key Id you provided does not exist in our records.");
                case EXPIRED ->
                    e.getMessage().equals("Request has expired")
                            ? new AwsException(403, "AccessDenied", e.getMessage())
                            : new AwsException(403, "RequestTimeTooSkewed", e.getMessage());
                case MISMATCH -> new AwsException(403, "SignatureDoesNotMatch", e.getMessage());
            };
        }
    },

    QUERY {
        @Override
        void answer(Exchange exchange, AwsException error, String requestId) throws IOException {
            String type = error.status() < 500 ? "Sender" : "Receiver";
            byte[] body =
                    Xml.document("ErrorResponse", "", xml -> xml.element("Error", inner -> inner.element("Type", type)
                                    .element("Code", error.code())
                                    .element("Message", error.getMessage()))
                            .element("RequestId", requestId));
            exchange.respond(error.status(), Map.of("content-type", "text/xml"), body);
        }

        @Override
        AwsException of(AuthenticationException e) {
            return switch (e.kind()) {
                case MISSING -> new AwsException(403, "MissingAuthenticationToken", e.getMessage());
                case MALFORMED -> new AwsException(400, "IncompleteSignature", e.getMessage());
                case UNKNOWN_KEY -> new AwsException(403, "InvalidClientTokenId", e.getMessage());
                case EXPIRED, MISMATCH -> new AwsException(403, "SignatureDoesNotMatch", e.getMessage());
            };
        }
    },

    JSON {
        @Override
        void answer(Exchange exchange, AwsException error, String requestId) throws IOException {
            String type = error.status() < 500 ? "User" : "Service";
            String message = new String(JsonStringEncoder.getInstance().quoteAsString(error.getMessage()));
            String member = CAPITALIZED.contains(error.code()) ? "Message" : "message";
            byte[] body = ("{\"Type\":\"" + type + "\",\"" + member + "\":\"" + message + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.respond(
                    error.status(), Map.of("content-type", "application/json", "x-amzn-errortype", error.code()), body);
        }

        @Override
        AwsException of(AuthenticationException e) {
            return switch (e.kind()) {
                case MISSING -> new AwsException(403, "MissingAuthenticationTokenException", e.getMessage());
                case MALFORMED -> new AwsException(403, "IncompleteSignatureException", e.getMessage());
                case UNKNOWN_KEY -> new AwsException(403, "UnrecognizedClientException", e.getMessage());
                case EXPIRED, MISMATCH -> new AwsException(403, "InvalidSignatureException", e.getMessage());
            };
        }
    };

    /**
     * Errors whose member is {@code Message} instead of {@code message} in the model of Lambda's API; some SDKs read
     * only the member of the model.
     */
    private static final Set<String> CAPITALIZED = Set.of("ResourceNotFoundException", "InvalidRuntimeException");

    /** Sends an error. */
    abstract void answer(Exchange exchange, AwsException error, String requestId) throws IOException;

    /** Returns the service's error for a failed authentication. */
    abstract AwsException of(AuthenticationException e);

    /** Returns the service's error for a body that does not have the signed hash. */
    AwsException bodyMismatch() {
        return of(AuthenticationException.bodyMismatch());
    }

    /** Returns the form of a service by the name in a signature's scope. */
    static ErrorForm of(String service) {
        return switch (service) {
            case "s3" -> S3;
            case "lambda" -> JSON;
            default -> QUERY;
        };
    }

    /** Returns the form of the most likely service for a request whose signature has no scope. */
    static ErrorForm guess(RequestHead head) {
        String scope = head.header("authorization")
                .or(() -> head.parameter("X-Amz-Credential"))
                .orElse("");
        if (scope.contains("/lambda/aws4_request") || head.path().matches("/20\\d\\d-\\d\\d-\\d\\d/.*")) {
            return JSON;
        }
        boolean isForm = head.header("content-type").orElse("").startsWith("application/x-www-form-urlencoded");
        return scope.contains("/s3/aws4_request") || !isForm ? S3 : QUERY;
    }
}
