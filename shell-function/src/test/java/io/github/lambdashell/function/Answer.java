package io.github.lambdashell.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A response in frames, taken apart.
 *
 * @param stdout all of channel 1
 * @param stderr all of channel 2
 * @param events channel 3, the result last
 */
record Answer(byte[] stdout, byte[] stderr, List<JsonNode> events) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One frame. */
    record Frame(int channel, byte[] bytes) {
        JsonNode json() throws IOException {
            return JSON.readTree(bytes);
        }

        String text() {
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    static Answer parse(byte[] response) throws IOException {
        return read(new ByteArrayInputStream(response));
    }

    static Answer read(InputStream response) throws IOException {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        List<JsonNode> events = new ArrayList<>();
        for (Frame frame = next(response); frame != null; frame = next(response)) {
            switch (frame.channel()) {
                case 1 -> stdout.write(frame.bytes());
                case 2 -> stderr.write(frame.bytes());
                case 3 -> events.add(frame.json());
                default -> throw new IOException("channel " + frame.channel());
            }
        }
        return new Answer(stdout.toByteArray(), stderr.toByteArray(), events);
    }

    /** The next frame; null at the end. */
    static Frame next(InputStream response) throws IOException {
        int channel = response.read();
        if (channel < 0) {
            return null;
        }
        DataInputStream in = new DataInputStream(response);
        if (in.readByte() != 0 || in.readShort() != 0) {
            throw new IOException("no frame's header");
        }
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new Frame(channel, bytes);
    }

    JsonNode result() {
        JsonNode last = events.get(events.size() - 1);
        if (!last.get("type").asText().equals("result")) {
            throw new IllegalStateException("no result: " + events);
        }
        return last;
    }

    int exitCode() {
        return result().required("exitCode").asInt();
    }

    String out() {
        return new String(stdout, java.nio.charset.StandardCharsets.UTF_8);
    }

    String err() {
        return new String(stderr, java.nio.charset.StandardCharsets.UTF_8);
    }
}
