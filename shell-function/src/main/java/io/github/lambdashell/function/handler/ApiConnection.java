package io.github.lambdashell.function.handler;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The server's end of a connection over HTTP/1.1: one request after the other. */
final class ApiConnection implements Closeable {
    /** Runtimes report stack traces of up to 1 MB in a header. */
    private static final int MAX_HEAD = 2 << 20;

    private static final String LINE_END = "\r\n";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int headLength;

    /** Of the last request. Headers are by their names in lower case; the trailers of a body are added to them. */
    String method;

    String path;
    final Map<String, String> headers = new HashMap<>();

    /** Bytes of the body, or of its current chunk, that are not read yet. */
    private long left;

    private boolean isChunked;
    private boolean hasChunk;

    ApiConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    }

    /**
     * Waits for a request and reads its head.
     *
     * @return false if the connection ended
     * @throws IOException also if it is not HTTP
     */
    boolean receive() throws IOException {
        headLength = 0;
        headers.clear();
        String line = line();
        if (line == null) {
            return false;
        }
        String[] words = line.split(" ");
        if (words.length != 3) {
            throw new IOException("not an HTTP request");
        }
        method = words[0];
        path = words[1];
        readFields();
        isChunked = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
        left = isChunked ? 0 : number(headers.getOrDefault("content-length", "0"), 10);
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            text("HTTP/1.1 100 Continue" + LINE_END + LINE_END);
            out.flush();
        }
        hasChunk = false;
        return true;
    }

    private void readFields() throws IOException {
        for (String line = line(); ; line = line()) {
            if (line == null) {
                throw new EOFException();
            }
            if (line.isEmpty()) {
                return;
            }
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("not an HTTP header");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
    }

    /** Returns the length of the body; -1 if only its end tells. */
    long contentLength() {
        return isChunked ? -1 : left;
    }

    /**
     * Reads a part of the body.
     *
     * @return the length; -1 at its end, when trailers have been read
     */
    int read(byte[] buffer) throws IOException {
        if (left == 0 && isChunked) {
            nextChunk();
        }
        if (left == 0) {
            return -1;
        }
        int length = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (length < 0) {
            throw new EOFException();
        }
        left -= length;
        return length;
    }

    /** Begins with the next chunk, but not before it is asked for: until then the last one is passed on. */
    private void nextChunk() throws IOException {
        if (hasChunk) {
            line();
        }
        hasChunk = true;
        String line = line();
        left = number(line == null ? "" : line.split("[; ]", 2)[0], 16);
        if (left == 0) {
            readFields();
            isChunked = false;
        }
    }

    private static long number(String text, int radix) throws IOException {
        try {
            return Long.parseLong(text, radix);
        } catch (NumberFormatException e) {
            throw new IOException("not a length: " + text, e);
        }
    }

    /** Reads what is left of the body. */
    void discard() throws IOException {
        byte[] buffer = new byte[64 * 1024];
        while (read(buffer) >= 0) {
            // Only its end matters.
        }
    }

    /**
     * Sends a response.
     *
     * @param status such as {@code 200 OK}
     * @param fields lines of the head, each with its line end
     */
    void send(String status, String fields, byte[] body) throws IOException {
        text("HTTP/1.1 " + status + LINE_END + fields + "Content-Type: application/json" + LINE_END + "Content-Length: "
                + body.length + LINE_END + LINE_END);
        out.write(body);
        out.flush();
    }

    /** Returns a line of a head. */
    static String field(String name, String value) {
        return name + ": " + value + LINE_END;
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (++headLength > MAX_HEAD) {
                throw new IOException("the head of a request is too large");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
