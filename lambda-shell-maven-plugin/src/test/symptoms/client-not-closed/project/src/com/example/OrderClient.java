package com.example;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** A client of the service with the orders, which keeps its connection. */
final class OrderClient implements Closeable {
    /** The clients whose idle connections are closed after a while. */
    private static final Set<OrderClient> OPEN = Collections.synchronizedSet(new HashSet<>());

    private final byte[] buffer = new byte[200_000];
    private final Socket connection;

    OrderClient() throws IOException {
        connection = new Socket("127.0.0.1", Integer.parseInt(System.getenv("ORDERS_PORT")));
        OPEN.add(this);
    }

    String get(String order) throws IOException {
        byte[] request = ("GET /" + order + " HTTP/1.1\r\nHost: orders\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        connection.getOutputStream().write(request);
        int length = connection.getInputStream().read(buffer);
        return new String(buffer, 0, length, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        OPEN.remove(this);
        connection.close();
    }
}
