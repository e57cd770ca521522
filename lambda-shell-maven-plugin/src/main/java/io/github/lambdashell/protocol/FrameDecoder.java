package io.github.lambdashell.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A decoder of the frames of a response, independent of the chunks in which it arrives. Output is passed on at once,
 * also from an incomplete frame; a message is buffered until it is complete.
 */
final class FrameDecoder {
    /** A response that is not a sequence of frames. */
    static final class MalformedException extends RuntimeException {
        private MalformedException(Exception cause) {
            super(cause);
        }
    }

    private static final int HEADER_BYTES = 8;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int MESSAGE = 3;

    /**
     * Maximum size of a message in bytes. A response has at most 200 MB on Lambda; a message is far smaller, even with
     * a shell's state.
     */
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FrameListener listener;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private int channel;
    private int missing;
    private ByteBuffer message;
    private JsonNode result;

    FrameDecoder(FrameListener listener) {
        this.listener = listener;
    }

    /**
     * Decodes the next bytes of the response.
     *
     * @throws MalformedException if the bytes are not frames
     */
    void decode(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (missing == 0) {
                at = readHeader(bytes, at, end);
            } else {
                int count = Math.min(missing, end - at);
                missing -= count;
                deliver(bytes, at, count);
                at += count;
            }
        }
    }

    /** Returns the result frame; empty while the response is incomplete. */
    Optional<JsonNode> result() {
        return missing == 0 && header.position() == 0 ? Optional.ofNullable(result) : Optional.empty();
    }

    /**
     * Returns whether bytes begin like a frame: a channel and three zero bytes, which are unchanged by a conversion to
     * text.
     */
    static boolean isFrameStart(byte[] bytes) {
        return bytes.length >= 4
                && bytes[0] >= STDOUT
                && bytes[0] <= MESSAGE
                && bytes[1] == 0
                && bytes[2] == 0
                && bytes[3] == 0;
    }

    private int readHeader(byte[] bytes, int at, int end) {
        int length = Math.min(header.remaining(), end - at);
        header.put(bytes, at, length);
        if (!header.hasRemaining()) {
            channel = header.get(0);
            missing = header.getInt(4);
            if (!isFrameStart(header.array()) || missing < 0 || channel == MESSAGE && missing > MAX_MESSAGE_BYTES) {
                throw new MalformedException(null);
            }
            header.clear();
            if (channel == MESSAGE) {
                message = ByteBuffer.allocate(missing);
            }
        }
        return at + length;
    }

    private void deliver(byte[] bytes, int offset, int length) {
        switch (channel) {
            case STDOUT -> listener.stdout(bytes, offset, length);
            case STDERR -> listener.stderr(bytes, offset, length);
            default -> {
                message.put(bytes, offset, length);
                if (missing == 0) {
                    deliverMessage();
                }
            }
        }
    }

    private void deliverMessage() {
        try {
            JsonNode json = JSON.readTree(message.array());
            switch (json.path("type").asText()) {
                case "step" -> listener.step(ResultParser.step(json));
                case "result" -> result = json;
                default -> {
                    // A heartbeat only keeps the connection open; unknown types are ignored for compatibility.
                }
            }
        } catch (IOException e) {
            throw new MalformedException(e);
        } finally {
            message = null;
        }
    }
}
