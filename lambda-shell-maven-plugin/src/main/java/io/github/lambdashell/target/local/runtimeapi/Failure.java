package io.github.lambdashell.target.local.runtimeapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Why an invocation failed, as its caller is told.
 *
 * @param type such as {@code Sandbox.Timedout}, or what the function calls it; not null
 * @param payload JSON that stands in the place of the function's answer, not null
 * @param midStream whether the function reported it after it had begun its answer, which then counts as given
 */
public record Failure(String type, byte[] payload, boolean midStream) {
    /** The type of a failure where the connection ended before the answer did, most often with the process. */
    public static final String TRUNCATED = "Runtime.TruncatedResponse";

    /** Of an answer or an error's report that is not streamed, in bytes: 6 MB and 100 for the envelope. */
    public static final int BUFFERED_LIMIT = 6 * 1024 * 1024 + 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    public Failure {
        Objects.requireNonNull(type);
        Objects.requireNonNull(payload);
    }

    /** A failure that the platform reports, in the form of its error payloads. */
    public static Failure of(String type, String message) {
        ObjectNode payload = JSON.createObjectNode().put("errorType", type).put("errorMessage", message);
        return new Failure(type, payload.toString().getBytes(StandardCharsets.UTF_8), false);
    }

    /** The runtime names a mode of response that there isn't; as Lambda's own emulator calls it. */
    static Failure invalidResponseMode() {
        return of("Runtime.InvalidResponseModeHeader", "Invalid function response mode");
    }

    /** @param what hadn't come to its end, as it follows "before" */
    static Failure truncated(String what) {
        return of(TRUNCATED, "The runtime's connection ended before " + what);
    }

    /** The answer of a function that may not stream is larger than {@link #BUFFERED_LIMIT}. */
    public static Failure responseTooLarge() {
        return of(
                "Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size (" + BUFFERED_LIMIT + " bytes).");
    }
}
