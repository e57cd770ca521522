package io.github.lambdashell.fake;

import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.fault.HttpCall;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** A function that counts how often its command really ran. */
public final class FakeLambda {
    private static final String LOG = """
            START RequestId: 1 Version: $LATEST
            END RequestId: 1
            REPORT RequestId: 1\tDuration: 10.00 ms\tBilled Duration: 11 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t
            """;

    private final AtomicInteger executions = new AtomicInteger();
    private byte[] output = "hello\n".getBytes(StandardCharsets.UTF_8);
    private String error;

    /** How often a command ran. */
    public int executions() {
        return executions.get();
    }

    /** What commands write from now on. */
    public void writes(String text) {
        output = text.getBytes(StandardCharsets.UTF_8);
    }

    /** Commands break the function from now on: Lambda's payload for it. */
    public void fails(String payload) {
        error = payload;
    }

    HttpAnswer answer(HttpCall call) {
        executions.incrementAndGet();
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        if (error == null) {
            frame(frames, 1, output);
            frame(frames, 3, "{\"type\":\"result\",\"exitCode\":0}".getBytes(StandardCharsets.UTF_8));
        }
        String log = Base64.getEncoder().encodeToString(LOG.getBytes(StandardCharsets.UTF_8));
        if (call.operation().equals("Invoke")) {
            byte[] body = error == null ? frames.toByteArray() : error.getBytes(StandardCharsets.UTF_8);
            HttpAnswer answer = new HttpAnswer(200, Map.of("X-Amz-Log-Result", log), body);
            return error == null ? answer : answer.with("X-Amz-Function-Error", "Unhandled");
        }
        String end = error == null
                ? "{\"LogResult\":\"" + log + "\"}"
                : "{\"ErrorCode\":\"Unhandled\",\"ErrorDetails\":\"" + error.replace("\"", "\\\"")
                        + "\",\"LogResult\":\"" + log + "\"}";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(message("PayloadChunk", "application/octet-stream", frames.toByteArray()));
        body.writeBytes(message("InvokeComplete", "application/json", end.getBytes(StandardCharsets.UTF_8)));
        return new HttpAnswer(200, Map.of("Content-Type", "application/vnd.amazon.eventstream"), body.toByteArray());
    }

    private static void frame(ByteArrayOutputStream out, int channel, byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(8)
                .putInt(channel << 24)
                .putInt(bytes.length)
                .array());
        out.writeBytes(bytes);
    }

    private static byte[] message(String type, String contentType, byte[] payload) {
        Map<String, HeaderValue> headers = new TreeMap<>();
        headers.put(":message-type", HeaderValue.fromString("event"));
        headers.put(":event-type", HeaderValue.fromString(type));
        headers.put(":content-type", HeaderValue.fromString(contentType));
        ByteBuffer encoded = new Message(headers, payload).toByteBuffer();
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
