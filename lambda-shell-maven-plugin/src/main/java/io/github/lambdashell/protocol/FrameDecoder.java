package io.github.lambdashell.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Takes the function's response apart, wherever the transport cut it: output goes on at once, also out of a frame that
 * is not whole yet; a message is kept until it is.
 */
final class FrameDecoder {
    private static final int HEADER_BYTES = 8;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int MESSAGE = 3;
    /** Channels are numbered from 1. */
    static final int LAST_CHANNEL = MESSAGE;

    /** A response is at most 200 MB on Lambda, and a message, state included, far smaller. */
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FrameListener listener;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private int channel;
    private int missing;
    private ByteBuffer message;
    private JsonNode result;
    private boolean begun;

    FrameDecoder(FrameListener listener) {
        this.listener = listener;
    }

    /**
     * Takes the next bytes of the response.
     *
     * @throws ShellException when they are no frames
     */
    void decode(byte[] bytes) {
        begun |= bytes.length > 0;
        int at = 0;
        while (at < bytes.length) {
            if (missing == 0) {
                at = readHeader(bytes, at);
            } else {
                int length = Math.min(missing, bytes.length - at);
                missing -= length;
                deliver(bytes, at, length);
                at += length;
            }
        }
    }

    /** Whether anything has come, which proves that the function ran. */
    boolean hasBegun() {
        return begun;
    }

    /** The last frame; empty as long as the response is not whole. */
    Optional<JsonNode> result() {
        return missing == 0 && header.position() == 0 ? Optional.ofNullable(result) : Optional.empty();
    }

    private int readHeader(byte[] bytes, int at) {
        int length = Math.min(header.remaining(), bytes.length - at);
        header.put(bytes, at, length);
        if (!header.hasRemaining()) {
            channel = header.get(0);
            missing = header.getInt(4);
            boolean zeros = header.get(1) == 0 && header.get(2) == 0 && header.get(3) == 0;
            boolean known = channel >= STDOUT && channel <= LAST_CHANNEL;
            if (!zeros || !known || missing < 0 || channel == MESSAGE && missing > MAX_MESSAGE_BYTES) {
                throw notFrames(null);
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
                case "step" -> listener.step(json);
                case "result" -> result = json;
                default -> {
                    // A heartbeat keeps the connection open and means nothing; later kinds of message are for later
                    // clients.
                }
            }
        } catch (IOException e) {
            throw notFrames(e);
        } finally {
            message = null;
        }
    }

    private static ShellException notFrames(Exception cause) {
        return new ShellException(
                "The function answered something that is not a shell's answer",
                "Deploy it again with lshell:deploy, or check that the stack's function was not changed by hand; an"
                        + " emulator has to run the function, not to answer for it",
                cause);
    }
}
