package io.github.lambdashell.function.runtime;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection to the Runtime API over HTTP/1.1, kept from request to request. It starts faster than
 * {@link java.net.HttpURLConnection} and sends a chunk whenever it is told to.
 */
public final class HttpConnection {
    /** A server may close a connection that is idle for longer. */
    private static final long MAX_IDLE_NANOS = 1_000_000_000L;

    /** A frame of the largest size in one chunk. */
    private static final int BUFFER = 68 * 1024;

    private static final String LINE_END = "\r\n";

    private final String address;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private long lastUsed;

    /** Of the last response; its headers by their names in lower case. */
    public int status;

    public final Map<String, String> headers = new HashMap<>();
    public byte[] body;

    /** @param address host and port */
    public HttpConnection(String address) {
        this.address = address;
    }

    /**
     * Writes the head of a request, on a new connection when the old one may be closed. {@link #flush} sends it.
     *
     * @param fields lines of the head, each with its line end
     */
    public void begin(String method, String path, String fields) throws IOException {
        if (System.nanoTime() - lastUsed > MAX_IDLE_NANOS) {
            close();
        }
        if (socket == null) {
            int colon = address.lastIndexOf(':');
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
            in = new BufferedInputStream(socket.getInputStream());
            out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        }
        text(method + ' ' + path + " HTTP/1.1" + LINE_END + "Host: " + address + LINE_END + fields + LINE_END);
    }

    /** Writes one chunk of a body; an empty one ends it. */
    void chunk(byte[] bytes, int length) throws IOException {
        text(Integer.toHexString(length) + LINE_END);
        out.write(bytes, 0, length);
        text(LINE_END);
    }

    /** Writes part of a body that is not chunked. */
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    public void flush() throws IOException {
        out.flush();
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Waits for the response and reads all of it. */
    public void receive() throws IOException {
        headers.clear();
        String statusLine = line();
        status = Integer.parseInt(statusLine.substring(9, 12));
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(),
                    line.substring(colon + 1).trim());
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            body = chunks();
        } else {
            body = bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        lastUsed = System.nanoTime();
        if ("close".equalsIgnoreCase(headers.get("connection"))) {
            close();
        }
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            all.write(bytes(length), 0, length);
            line();
        }
        while (!line().isEmpty()) {
            // Trailers are not needed.
        }
        return all.toByteArray();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line().split("[; ]")[0], 16);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the Runtime API closed the connection");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the Runtime API closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
