package io.github.lambdashell.target.local.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import io.github.lambdashell.target.local.sandbox.InvocationResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The response of InvokeWithResponseStream: an event for each part of the function's response, sent when it arrives.
 */
final class StreamedAnswer implements InvocationAnswer {
    /** Maximum size of a payload in the event stream's encoding, in bytes. */
    private static final int LARGEST_EVENT_BYTES = 16 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Exchange exchange;
    private final String requestId;
    private final boolean wantsLog;
    private OutputStream body;
    private EventStreamWriter events;

    StreamedAnswer(Exchange exchange, String requestId, boolean wantsLog) {
        this.exchange = exchange;
        this.requestId = requestId;
        this.wantsLog = wantsLog;
    }

    @Override
    public void start(String contentType) throws IOException {
        body = exchange.respondStreaming(
                200,
                Map.of(
                        "Content-Type",
                        EventStreamWriter.CONTENT_TYPE,
                        "X-Amzn-Remapped-Content-Type",
                        contentType,
                        "x-amzn-requestid",
                        requestId,
                        "X-Amz-Executed-Version",
                        "$LATEST"),
                -1);
        events = new EventStreamWriter(body);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        events.payloadChunk(bytes);
    }

    @Override
    public void finish(InvocationResult result) throws IOException {
        if (events == null) {
            start("application/octet-stream");
        }
        byte[] complete = complete(result.failure(), result);
        if (complete.length > LARGEST_EVENT_BYTES) {
            // No client could read the event: a failure's report of 6 MB grows when it is escaped.
            complete = complete(Optional.of(Failure.responseTooLarge()), result);
        }
        events.invokeComplete(complete);
        body.close();
    }

    private byte[] complete(Optional<Failure> why, InvocationResult result) {
        ObjectNode complete = JSON.createObjectNode();
        why.ifPresent(failure -> complete
                // A failure in the middle of the response has the function's own error code; all others have the same
                // one.
                .put("ErrorCode", failure.midStream() ? failure.type() : "Unhandled")
                .put("ErrorDetails", new String(failure.payload(), StandardCharsets.UTF_8)));
        if (wantsLog) {
            complete.put(
                    "LogResult",
                    Base64.getEncoder().encodeToString(result.logTail().get()));
        }
        return complete.toString().getBytes(StandardCharsets.UTF_8);
    }
}
