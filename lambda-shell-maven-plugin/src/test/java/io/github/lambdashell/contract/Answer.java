package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A response in frames, taken apart as the protocol's page says. */
final class Answer {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One step's end with the output that came since the one before. */
    record Step(JsonNode members, String stdout, String stderr) {
        String name() {
            return members.get("name").asText();
        }

        boolean isSkipped() {
            return members.path("skipped").asBoolean();
        }
    }

    final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    final List<Step> steps = new ArrayList<>();
    int heartbeats;
    JsonNode result;
    String failure;

    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int stepStdout;
    private int stepStderr;

    void take(byte[] chunk) {
        ByteBuffer joined = ByteBuffer.allocate(bytes.remaining() + chunk.length);
        joined.put(bytes).put(chunk).flip();
        bytes = joined;
        while (bytes.remaining() >= 8 && bytes.remaining() >= 8 + bytes.getInt(bytes.position() + 4)) {
            int header = bytes.getInt();
            byte[] content = new byte[bytes.getInt()];
            bytes.get(content);
            take(header, content);
        }
    }

    private void take(int header, byte[] content) {
        assertThat(result).as("a frame after the result").isNull();
        switch (header) {
            case 1 << 24 -> stdout.writeBytes(content);
            case 2 << 24 -> stderr.writeBytes(content);
            case 3 << 24 -> message(content);
            default -> throw new AssertionError("no frame: " + Integer.toHexString(header));
        }
    }

    private void message(byte[] content) {
        JsonNode json;
        try {
            json = JSON.readTree(content);
        } catch (IOException e) {
            throw new UncheckedIOException(new String(content, StandardCharsets.UTF_8), e);
        }
        switch (json.get("type").asText()) {
            case "step" -> {
                steps.add(new Step(json, since(stdout, stepStdout), since(stderr, stepStderr)));
                stepStdout = stdout.size();
                stepStderr = stderr.size();
            }
            case "heartbeat" -> heartbeats++;
            case "result" -> result = json;
            default -> throw new AssertionError(json);
        }
    }

    private static String since(ByteArrayOutputStream stream, int from) {
        byte[] all = stream.toByteArray();
        return new String(Arrays.copyOfRange(all, from, all.length), StandardCharsets.UTF_8);
    }

    Answer complete() {
        assertThat(failure).isNull();
        assertThat(bytes.remaining()).as("bytes of a frame that is not whole").isZero();
        assertThat(result).as("the result").isNotNull();
        return this;
    }

    String out() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    int exitCode() {
        assertThat(result.has("exitCode")).as("an exit code in %s", result).isTrue();
        return result.get("exitCode").asInt();
    }

    boolean timedOut() {
        return result.get("timedOut").asBoolean();
    }

    String errorType() {
        return result.path("error").path("type").asText();
    }
}
