package io.github.lambdashell.function.handler;

import io.github.lambdashell.function.process.OutputSink;
import java.io.IOException;
import java.util.UUID;

/** One invocation of the project's handler, with the headers that the Runtime API documents. */
final class PendingEvent {
    /** The failure of a response over the limit of a response that is not streamed. */
    static final HandlerError TOO_LARGE = HandlerError.of(
            "Function.ResponseSizeTooLarge",
            "Response payload size exceeded maximum allowed payload size (" + HandlerApi.MAX_RESPONSE + " bytes).");

    private final String requestId = UUID.randomUUID().toString();
    private final HandlerEvent event;
    private final long deadlineMillis;
    private final String functionArn;
    private final OutputSink response;

    /**
     * @param deadlineMillis milliseconds since 1970
     * @param functionArn as the shell function was invoked; null if unknown
     * @param response receives the response; null if it is not wanted
     */
    PendingEvent(HandlerEvent event, long deadlineMillis, String functionArn, OutputSink response) {
        this.event = event;
        this.deadlineMillis = deadlineMillis;
        this.functionArn = functionArn;
        this.response = response;
    }

    String requestId() {
        return requestId;
    }

    byte[] payload() {
        return event.payload;
    }

    String headers() {
        long random = UUID.randomUUID().getLeastSignificantBits();
        StringBuilder headers = new StringBuilder()
                .append(ApiConnection.field("Lambda-Runtime-Aws-Request-Id", requestId))
                .append(ApiConnection.field("Lambda-Runtime-Deadline-Ms", Long.toString(deadlineMillis)))
                .append(ApiConnection.field(
                        "Lambda-Runtime-Trace-Id",
                        String.format(
                                "Root=1-%08x-%016x%08x;Sampled=0",
                                System.currentTimeMillis() / 1000, random, random >>> 32)));
        optional(headers, "Lambda-Runtime-Invoked-Function-Arn", functionArn);
        optional(headers, "Lambda-Runtime-Client-Context", event.clientContext);
        optional(headers, "Lambda-Runtime-Cognito-Identity", event.identity);
        return headers.toString();
    }

    private static void optional(StringBuilder headers, String name, String value) {
        if (value != null) {
            headers.append(ApiConnection.field(name, value));
        }
    }

    /** Passes on a part of the response. */
    void respond(byte[] bytes, int length) throws IOException {
        if (response != null && length > 0) {
            response.output(OutputSink.STDOUT, bytes, length);
        }
    }
}
