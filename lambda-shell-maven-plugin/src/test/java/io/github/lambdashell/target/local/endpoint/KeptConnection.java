package io.github.lambdashell.target.local.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection for one request after the other, so that long runs don't use up the machine's ports. */
public final class KeptConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;
    private Socket socket;
    private InputStream in;

    /** @param headers by their names in lower case */
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        @Override
        public String toString() {
            String text = new String(body, 0, Math.min(body.length, 1000), ISO_8859_1);
            return status + " " + headers + " " + text;
        }
    }

    public KeptConnection(int port) {
        this.port = port;
    }

    /**
     * Sends a request and reads its answer.
     *
     * @throws IOException when there is no whole one
     */
    public Answer send(byte[] request) throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = headers();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            int length;
            do {
                length = Integer.parseInt(line(), 16);
                body.writeBytes(exactly(length));
                line();
            } while (length > 0);
        } else {
            body.writeBytes(exactly(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
        }
        if ("close".equals(headers.get("connection"))) {
            close();
        }
        return new Answer(status, headers, body.toByteArray());
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("an answer that is not whole");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("no answer, or not a whole one");
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
