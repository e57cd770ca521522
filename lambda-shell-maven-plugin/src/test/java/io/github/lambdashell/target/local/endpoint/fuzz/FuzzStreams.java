package io.github.lambdashell.target.local.endpoint.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/** Answers to InvokeWithResponseStream that are wrong somewhere: in their bytes, their events, or the shell's frames. */
final class FuzzStreams {
    /** What the command writes where nothing is wrong. */
    static final String OUTPUT = "hello\nworld\n";

    private static final String LOG = Base64.getEncoder().encodeToString("REPORT RequestId: x\n".getBytes());
    private static final byte[] FRAMES = join(List.of(
            frame(1, "hello\n"),
            frame(3, "{\"type\":\"heartbeat\"}"),
            frame(2, "oops\n"),
            frame(3, "{\"type\":\"step\",\"name\":\"a\",\"exitCode\":0}"),
            frame(1, "world\n"),
            frame(3, "{\"type\":\"result\",\"exitCode\":0,\"state\":\"e30=\"}")));
    private static final String COMPLETE = "{\"LogResult\":\"" + LOG + "\"}";
    private static final String FAILED =
            "{\"ErrorCode\":\"Unhandled\",\"ErrorDetails\":\"{\\\"errorType\\\":\\\"Runtime.ExitError\\\"}\",\"LogResult\":\""
                    + LOG + "\"}";

    private final Random random;
    private final Mutator mutator;

    /**
     * One answer.
     *
     * @param kind what is wrong with it
     * @param isProtected whether checksums tell all that is wrong: it is refused, or as it was before
     * @param sent how many bytes arrive before the connection breaks
     */
    record Case(String kind, boolean isProtected, byte[] body, int sent) {}

    FuzzStreams(long seed) {
        this.random = new Random(seed);
        this.mutator = new Mutator(random);
    }

    /** Nothing is wrong with it. */
    static byte[] right() {
        return join(List.of(chunk(FRAMES), complete(COMPLETE)));
    }

    Case next() {
        return switch (random.nextInt(5)) {
            case 0 -> whole("bytes", true, mutator.mutate(join(events(FRAMES, COMPLETE))));
            case 1 -> {
                byte[] body = join(events(FRAMES, COMPLETE));
                yield new Case("cut", true, body, random.nextInt(body.length));
            }
            case 2 -> whole("frames", false, join(events(mutator.mutate(FRAMES), COMPLETE)));
            case 3 ->
                whole("end", false, join(events(FRAMES, mutator.mutate(random.nextBoolean() ? COMPLETE : FAILED))));
            default -> whole("events", false, join(odd(events(FRAMES, random.nextBoolean() ? COMPLETE : FAILED))));
        };
    }

    private static Case whole(String kind, boolean isProtected, byte[] body) {
        return new Case(kind, isProtected, body, body.length);
    }

    /** The frames in chunks of any length, and the end. */
    private List<byte[]> events(byte[] frames, String complete) {
        List<byte[]> events = new ArrayList<>();
        for (int at = 0; at < frames.length; ) {
            int end = Math.min(frames.length, at + 1 + random.nextInt(100));
            events.add(chunk(Arrays.copyOfRange(frames, at, end)));
            at = end;
        }
        events.add(complete(complete));
        return events;
    }

    /** Events in another order, some of them missing or twice, with one between them that nobody expects. */
    private List<byte[]> odd(List<byte[]> events) {
        if (random.nextInt(3) == 0) {
            Collections.shuffle(events, random);
        }
        if (random.nextInt(3) == 0) {
            events.remove(random.nextInt(events.size()));
        }
        if (random.nextInt(3) == 0) {
            events.add(events.get(random.nextInt(events.size())));
        }
        Map<String, HeaderValue> headers = headers("PayloadChunk", "application/octet-stream");
        switch (random.nextInt(8)) {
            case 0 -> headers.remove(":message-type");
            case 1 -> headers.remove(":event-type");
            case 2 -> headers.put(":event-type", mutated("InvokeComplete"));
            case 3 -> headers.put(":message-type", mutated("event"));
            case 4 -> {
                headers.put(":message-type", HeaderValue.fromString("exception"));
                headers.put(":exception-type", mutated("ServiceException"));
            }
            case 5 -> {
                headers.put(":message-type", HeaderValue.fromString("error"));
                headers.put(":error-code", mutated("InternalFailure"));
            }
            case 6 -> headers.put(":message-type", HeaderValue.fromInteger(random.nextInt()));
            default -> headers.clear();
        }
        events.add(random.nextInt(events.size() + 1), event(headers, mutator.mutate(FRAMES)));
        return events;
    }

    /** The encoder makes no empty text. */
    private HeaderValue mutated(String text) {
        return HeaderValue.fromString(mutator.mutate(text) + ".");
    }

    private static byte[] frame(int channel, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .putInt(channel << 24)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] chunk(byte[] payload) {
        return event(headers("PayloadChunk", "application/octet-stream"), payload);
    }

    private static byte[] complete(String json) {
        return event(headers("InvokeComplete", "application/json"), json.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, HeaderValue> headers(String type, String contentType) {
        Map<String, HeaderValue> headers = new TreeMap<>();
        headers.put(":message-type", HeaderValue.fromString("event"));
        headers.put(":event-type", HeaderValue.fromString(type));
        headers.put(":content-type", HeaderValue.fromString(contentType));
        return headers;
    }

    private static byte[] event(Map<String, HeaderValue> headers, byte[] payload) {
        return new Message(headers, payload).toByteBuffer().array();
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
