package io.github.lambdashell.fault;

import io.github.lambdashell.fault.Fault.Upstream;
import io.github.lambdashell.fault.Fault.Wire;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** An AWS endpoint on 127.0.0.1 that forwards calls to a service, counts them by operation, and injects faults. */
public final class FaultyEndpoint implements AutoCloseable {
    /** Value for {@link #fault} that selects all calls of an operation. */
    public static final int EVERY_CALL = 0;

    private final Upstream upstream;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<Integer, Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final List<HttpCall> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    private FaultyEndpoint(Upstream upstream) throws IOException {
        this.upstream = upstream;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Starts an endpoint in front of a service of this process. */
    public static FaultyEndpoint before(Upstream upstream) {
        try {
            return new FaultyEndpoint(upstream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts an endpoint in front of another endpoint. Calls are forwarded with the client's signature. */
    public static FaultyEndpoint before(URI endpoint) {
        return before(call -> forward(endpoint, call));
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /**
     * Adds a fault.
     *
     * @param call number of the operation's call, from 1 on, or {@link #EVERY_CALL}
     */
    public FaultyEndpoint fault(String operation, int call, Fault fault) {
        faults.computeIfAbsent(operation, key -> new ConcurrentHashMap<>()).put(call, fault);
        return this;
    }

    /** Removes all faults and resets the counts. */
    public void heal() {
        faults.clear();
        counts.clear();
        calls.clear();
    }

    public int count(String operation) {
        return counts.getOrDefault(operation, 0);
    }

    /** Returns the number of calls of each operation. */
    public Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    public List<HttpCall> calls() {
        return List.copyOf(calls);
    }

    /** Waits until no call is being answered: the service goes on with a call when its client is dead. */
    public void awaitIdle() throws InterruptedException {
        while (unanswered.get() > 0) {
            Thread.sleep(5);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                try {
                    threads.execute(() -> serve(connection));
                } catch (RejectedExecutionException e) {
                    // The endpoint was closed during a connect; its client would wait for an answer.
                    connection.close();
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = new BufferedOutputStream(connection.getOutputStream());
            Runnable goOn = () -> write(out, "HTTP/1.1 100 Continue\r\n\r\n");
            for (HttpCall call = HttpCall.read(in, goOn); call != null; call = HttpCall.read(in, goOn)) {
                unanswered.incrementAndGet();
                try {
                    answer(call, new SocketWire(connection, out));
                } finally {
                    unanswered.decrementAndGet();
                }
            }
        } catch (SocketException | UncheckedIOException e) {
            // The client or a fault has closed the connection.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            connections.remove(connection);
        }
    }

    private void answer(HttpCall call, Wire wire) throws IOException {
        calls.add(call);
        if (call.operation().equals("CONNECT")) {
            if (call.target().endsWith(":443")) {
                // This endpoint does not support TLS.
                wire.reset();
                return;
            }
            // A proxy's tunnel leads to this endpoint too.
            wire.send(new HttpAnswer(200, Map.of(), new byte[0]), 0);
            return;
        }
        int number = counts.merge(call.operation(), 1, Integer::sum);
        Map<Integer, Fault> ofOperation = faults.getOrDefault(call.operation(), Map.of());
        Fault fault = ofOperation.getOrDefault(number, ofOperation.get(EVERY_CALL));
        if (fault != null) {
            fault.apply(call, upstream, wire);
        } else {
            HttpAnswer answer = upstream.answer(call);
            wire.send(answer, answer.body().length);
        }
    }

    private static HttpAnswer forward(URI endpoint, HttpCall call) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            StringBuilder head = new StringBuilder(call.method() + " " + call.target() + " HTTP/1.1\r\n");
            call.headers().forEach((name, value) -> {
                if (!List.of("connection", "expect", "transfer-encoding", "content-length")
                        .contains(name)) {
                    head.append(name).append(": ").append(value).append("\r\n");
                }
            });
            write(out, head + "content-length: " + call.body().length + "\r\nconnection: close\r\n\r\n");
            out.write(call.body());
            out.flush();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            int status = Integer.parseInt(HttpCall.line(in).split(" ")[1]);
            Map<String, String> headers = HttpCall.headers(in);
            byte[] body = HttpCall.body(in, headers);
            headers.keySet().removeAll(List.of("connection", "transfer-encoding", "content-length"));
            return new HttpAnswer(status, headers, body);
        }
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record SocketWire(Socket connection, OutputStream out) implements Wire {
        @Override
        public void send(HttpAnswer answer, int bodyBytes) throws IOException {
            List<String> head = new ArrayList<>(List.of("HTTP/1.1 " + answer.status() + " Answer"));
            answer.headers().forEach((name, value) -> head.add(name + ": " + value));
            head.add("Content-Length: " + answer.body().length);
            write(out, String.join("\r\n", head) + "\r\n\r\n");
            out.write(answer.body(), 0, bodyBytes);
            out.flush();
        }

        @Override
        public void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }
}
