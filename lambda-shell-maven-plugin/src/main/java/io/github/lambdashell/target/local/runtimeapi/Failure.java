package io.github.lambdashell.target.local.runtimeapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The failure of an invocation, as its caller receives it.
 *
 * @param type such as {@code Sandbox.Timedout}, or the function's own, not null
 * @param payload JSON in place of the function's response, not null
 * @param midStream whether the function reported it in the trailers of its response
 */
public record Failure(String type, byte[] payload, boolean midStream) {
    /** The size of a buffered response or an error's report, in bytes: 6 MB and 100 for the envelope. */
    public static final int BUFFERED_LIMIT = 6 * 1024 * 1024 + 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    public Failure {
        Objects.requireNonNull(type);
        Objects.requireNonNull(payload);
    }

    /** Returns a failure that the platform reports, in the form of its error payloads. */
    public static Failure of(String type, String message) {
        ObjectNode payload = JSON.createObjectNode().put("errorType", type).put("errorMessage", message);
        return new Failure(type, payload.toString().getBytes(StandardCharsets.UTF_8), false);
    }

    /** @param what had not come to its end, as it follows "before" */
    static Failure truncated(String what) {
        return of("Runtime.TruncatedResponse", "The runtime's connection ended before " + what);
    }

    /** Returns the failure of a buffered response that is larger than {@link #BUFFERED_LIMIT}. */
    public static Failure responseTooLarge() {
        return of(
                "Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size (" + BUFFERED_LIMIT + " bytes).");
    }
}
