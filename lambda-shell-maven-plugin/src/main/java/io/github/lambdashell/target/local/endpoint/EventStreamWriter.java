package io.github.lambdashell.target.local.endpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A writer of the events of InvokeWithResponseStream, which flushes each of them. An event is a message of the encoding
 * {@code application/vnd.amazon.eventstream}. The AWS SDK's implementation of the encoding can't be used, because the
 * local target does not load the SDK.
 *
 * @see <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">the encoding</a>
 */
final class EventStreamWriter {
    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    /**
     * Size of a message's framing: two lengths and their checksum before the headers, and the message's checksum at the
     * end.
     */
    private static final int FRAMING_BYTES = 16;

    private static final byte STRING = 7;
    private static final byte[] PAYLOAD_CHUNK = headers("PayloadChunk", "application/octet-stream");
    private static final byte[] INVOKE_COMPLETE = headers("InvokeComplete", "application/json");

    private final OutputStream out;

    EventStreamWriter(OutputStream out) {
        this.out = out;
    }

    void payloadChunk(byte[] bytes) throws IOException {
        write(PAYLOAD_CHUNK, bytes);
    }

    /**
     * Writes the last event of a response.
     *
     * @param json object with those of ErrorCode, ErrorDetails and LogResult that exist
     */
    void invokeComplete(byte[] json) throws IOException {
        write(INVOKE_COMPLETE, json);
    }

    private void write(byte[] headers, byte[] payload) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(FRAMING_BYTES + headers.length + payload.length);
        message.putInt(message.capacity()).putInt(headers.length);
        message.putInt(crc32(message)).put(headers).put(payload);
        message.putInt(crc32(message));
        out.write(message.array());
        out.flush();
    }

    /** Returns the checksum of the bytes that were put into a message so far. */
    private static int crc32(ByteBuffer message) {
        CRC32 crc = new CRC32();
        crc.update(message.array(), 0, message.position());
        return (int) crc.getValue();
    }

    private static byte[] headers(String type, String contentType) {
        ByteBuffer headers = ByteBuffer.allocate(256);
        for (List<String> header : List.of(
                List.of(":message-type", "event"),
                List.of(":event-type", type),
                List.of(":content-type", contentType))) {
            byte[] name = header.get(0).getBytes(StandardCharsets.UTF_8);
            byte[] value = header.get(1).getBytes(StandardCharsets.UTF_8);
            headers.put((byte) name.length).put(name).put(STRING);
            headers.putShort((short) value.length).put(value);
        }
        return Arrays.copyOf(headers.array(), headers.position());
    }
}
