package io.github.lambdashell.target.local.endpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Writes the events of InvokeWithResponseStream, each on its way at once. */
final class EventStreamWriter {
    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    private static final Map<String, HeaderValue> PAYLOAD_CHUNK = headers("PayloadChunk", "application/octet-stream");
    private static final Map<String, HeaderValue> INVOKE_COMPLETE = headers("InvokeComplete", "application/json");

    private final OutputStream out;

    EventStreamWriter(OutputStream out) {
        this.out = out;
    }

    void payloadChunk(byte[] bytes) throws IOException {
        write(PAYLOAD_CHUNK, bytes);
    }

    /** @param json with ErrorCode, ErrorDetails and LogResult, as far as there are any */
    void invokeComplete(byte[] json) throws IOException {
        write(INVOKE_COMPLETE, json);
    }

    private void write(Map<String, HeaderValue> headers, byte[] payload) throws IOException {
        out.write(new Message(headers, payload).toByteBuffer().array());
        out.flush();
    }

    private static Map<String, HeaderValue> headers(String type, String contentType) {
        return Map.of(
                ":message-type", HeaderValue.fromString("event"),
                ":event-type", HeaderValue.fromString(type),
                ":content-type", HeaderValue.fromString(contentType));
    }
}
