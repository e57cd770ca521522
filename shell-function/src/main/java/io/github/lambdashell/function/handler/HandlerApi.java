package io.github.lambdashell.function.handler;

import io.github.lambdashell.function.process.OutputSink;
import io.github.lambdashell.function.runtime.HttpConnection;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Runtime API, version 2018-06-01, for one process of the project's handler, as "Building a custom runtime for AWS
 * Lambda" in Lambda's developer guide describes it; in addition the restore operations of SnapStart and its endpoint for
 * credentials. Each connection has a thread; the thread of the invocation waits for what they receive.
 */
final class HandlerApi implements Closeable {
    /** Maximum size in bytes of a response that is not streamed. */
    static final int MAX_RESPONSE = 6 * 1024 * 1024 + 100;

    private static final String RUNTIME = "/2018-06-01/runtime/";
    private static final Pattern ANSWER = Pattern.compile("POST " + RUNTIME + "invocation/([^/]+)/(response|error)");
    private static final String ERROR_TYPE = "lambda-runtime-function-error-type";
    private static final byte[] OK = "{\"status\":\"OK\"}\n".getBytes(StandardCharsets.UTF_8);
    private static final Set<String> OWN_FIELDS =
            Set.of("connection", "content-length", "content-type", "expect", "host", "keep-alive", "transfer-encoding");
    private static final long IDLE_NANOS = 1_000_000_000;

    /** Decides who may connect. */
    interface Peers {
        /**
         * Returns the process that has a connection.
         *
         * @param remotePort the port of its end
         * @return 0 if it is not the handler's
         */
        long processOf(int remotePort, int localPort) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    private final Peers peers;
    private final String upstream;
    private final SandboxCredentials credentials;
    private final List<ApiConnection> connections = new ArrayList<>();

    // All below is guarded by this object's monitor.
    private boolean isClosed;
    private boolean hasExited;
    private long process;
    private long readyAt;
    private int turn;
    private boolean isWaiting;
    private boolean isRestorable;
    private boolean isRestored;
    private PendingEvent offered;
    private PendingEvent current;
    private boolean isAnswered;
    private HandlerError failure;
    private HandlerError startFailure;

    /**
     * @param upstream the address of Lambda's own API, which gets the requests that are not a runtime's; null for none
     * @param credentials null for a process that has them in its environment
     */
    HandlerApi(Peers peers, String upstream, SandboxCredentials credentials) throws IOException {
        this.peers = peers;
        this.upstream = upstream;
        this.credentials = credentials;
        start("lshell-handler-api", this::accept);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the value of {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Returns the process that has asked for an event; 0 before. */
    synchronized long process() {
        return process;
    }

    /** Returns when the process first asked for an event or to be restored, by {@link System#nanoTime}; 0 before. */
    synchronized long readyAt() {
        return readyAt;
    }

    /** Notes that the process waits. */
    private void ready() {
        readyAt = readyAt == 0 ? System.nanoTime() : readyAt;
        notifyAll();
    }

    /** Tells the waiting thread that the process has ended. */
    synchronized void processHasEnded() {
        hasExited = true;
        notifyAll();
    }

    /**
     * Waits for a state.
     *
     * @param deadline in terms of {@link System#nanoTime}
     * @param whileIdle takes heartbeats while nothing happens; null for none
     * @return whether it was reached before the deadline and before the process ended
     */
    private synchronized boolean await(BooleanSupplier state, long deadline, OutputSink whileIdle)
            throws IOException, InterruptedException {
        while (!state.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || hasExited) {
                return false;
            }
            if (whileIdle != null) {
                whileIdle.idle();
            }
            long slice = Math.min(left, IDLE_NANOS);
            wait(slice / 1_000_000, (int) (slice % 1_000_000));
        }
        return true;
    }

    /** Waits until the process asks for an event or for its restore, or has reported that it can't start. */
    boolean awaitInitialized(long deadline, OutputSink whileIdle) throws IOException, InterruptedException {
        return await(() -> isWaiting || isRestorable || startFailure != null, deadline, whileIdle);
    }

    /** Returns whether the process waits to be restored. */
    synchronized boolean isRestorable() {
        return isRestorable;
    }

    /** Lets the process go on after its snapshot, and waits until it asks for an event or reports a failure. */
    boolean restore(long deadline, OutputSink whileIdle) throws IOException, InterruptedException {
        synchronized (this) {
            isRestored = true;
            isRestorable = false;
            if (credentials != null) {
                credentials.renew();
            }
            notifyAll();
        }
        return await(() -> isWaiting || startFailure != null, deadline, whileIdle);
    }

    /** Hands an event to the process, which waits for it. */
    synchronized void offer(PendingEvent event) {
        isAnswered = false;
        failure = null;
        offered = event;
        notifyAll();
    }

    /** Waits until the event is answered and the process asks for the next one. */
    boolean awaitAnswer(long deadline, OutputSink whileIdle) throws IOException, InterruptedException {
        return await(() -> isAnswered && isWaiting, deadline, whileIdle);
    }

    /** Returns whether the last event is answered. */
    synchronized boolean isAnswered() {
        return isAnswered;
    }

    /** Returns why the process could not be initialized or restored, as it reported; null if it did not. */
    synchronized HandlerError startFailure() {
        return startFailure;
    }

    /** Returns what the process reported of the last event; null for a success. */
    synchronized HandlerError failure() {
        return failure;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                start("lshell-handler-connection", () -> serve(socket));
            }
        } catch (IOException e) {
            // The server has been closed.
        }
    }

    private void serve(Socket socket) {
        try (ApiConnection connection = new ApiConnection(socket)) {
            long peer = peers.processOf(socket.getPort(), socket.getLocalPort());
            synchronized (this) {
                if (isClosed || peer == 0) {
                    return;
                }
                connections.add(connection);
            }
            try {
                while (connection.receive()) {
                    handle(connection, peer);
                }
            } finally {
                synchronized (this) {
                    connections.remove(connection);
                }
            }
        } catch (IOException e) {
            // A process that has ended closes its connections.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(ApiConnection connection, long peer) throws IOException, InterruptedException {
        String operation = connection.method + " " + connection.path;
        Matcher answer = ANSWER.matcher(operation);
        if (operation.equals("GET " + RUNTIME + "invocation/next")) {
            connection.discard();
            next(connection, peer);
        } else if (answer.matches()) {
            answer(connection, answer.group(1), answer.group(2).equals("error"));
        } else if (operation.equals("POST " + RUNTIME + "init/error")
                || operation.equals("POST " + RUNTIME + "restore/error")) {
            fail(reportedError(connection));
            connection.send("202 Accepted", "", OK);
        } else if (operation.equals("GET " + RUNTIME + "restore/next")) {
            connection.discard();
            awaitRestore();
            connection.send("200 OK", "", OK);
        } else if (credentials != null && operation.equals("GET " + SandboxCredentials.PATH)) {
            connection.discard();
            String token = connection.headers.get("authorization");
            if (credentials.accepts(token)) {
                connection.send("200 OK", "", credentials.json());
            } else {
                refuse(connection, "403 Forbidden", "AccessDenied", "Invalid authorization token");
            }
        } else if (upstream != null && !connection.path.startsWith(RUNTIME)) {
            forward(connection);
        } else {
            connection.discard();
            refuse(connection, "404 Not Found", "NotFound", "No such operation of the Runtime API");
        }
    }

    /** Passes a request on to Lambda: an internal extension uses the Extensions API and the Telemetry API. */
    private void forward(ApiConnection connection) throws IOException {
        byte[] body = body(connection);
        StringBuilder fields = new StringBuilder();
        connection.headers.forEach((name, value) -> {
            if (!OWN_FIELDS.contains(name)) {
                fields.append(ApiConnection.field(name, value));
            }
        });
        HttpConnection lambda = new HttpConnection(upstream);
        try {
            lambda.begin(
                    connection.method,
                    connection.path,
                    fields + ApiConnection.field("Content-Length", "" + body.length));
            lambda.write(body);
            lambda.flush();
            lambda.receive();
            StringBuilder answered = new StringBuilder();
            lambda.headers.forEach((name, value) -> {
                if (!OWN_FIELDS.contains(name)) {
                    answered.append(ApiConnection.field(name, value));
                }
            });
            connection.send(lambda.status + " ", answered.toString(), lambda.body);
        } finally {
            lambda.close();
        }
    }

    private static void refuse(ApiConnection connection, String status, String type, String message)
            throws IOException {
        String json = "{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}\n";
        connection.send(status, "", json.getBytes(StandardCharsets.UTF_8));
    }

    private void next(ApiConnection connection, long peer) throws IOException, InterruptedException {
        PendingEvent event = null;
        synchronized (this) {
            if (current == null) {
                process = peer;
                int mine = ++turn;
                isWaiting = true;
                ready();
                while (offered == null && mine == turn && !isClosed) {
                    wait();
                }
                if (offered == null || mine != turn) {
                    // Another connection waits now: this one was left without being closed.
                    connection.close();
                    return;
                }
                isWaiting = false;
                event = offered;
                current = offered;
                offered = null;
            }
        }
        if (event == null) {
            refuse(
                    connection,
                    "403 Forbidden",
                    "InvalidStateTransition",
                    "The current invocation has not been answered");
        } else {
            connection.send("200 OK", event.headers(), event.payload());
        }
    }

    private synchronized void awaitRestore() throws InterruptedException {
        isRestorable = true;
        ready();
        while (!isRestored && !isClosed) {
            wait();
        }
    }

    private synchronized PendingEvent current(String requestId) {
        return current != null && current.requestId().equals(requestId) ? current : null;
    }

    private void answer(ApiConnection connection, String requestId, boolean isError) throws IOException {
        PendingEvent event = current(requestId);
        if (event == null) {
            connection.discard();
            refuse(connection, "403 Forbidden", "InvalidRequestID", "Invalid request ID");
            return;
        }
        HandlerError error = isError ? reportedError(connection) : response(connection, event);
        boolean isTooLarge = !isError && error == PendingEvent.TOO_LARGE;
        synchronized (this) {
            current = null;
            isAnswered = true;
            failure = error;
            notifyAll();
        }
        if (isTooLarge) {
            refuse(
                    connection,
                    "413 Request Entity Too Large",
                    "RequestEntityTooLarge",
                    "Exceeded maximum allowed payload size (" + MAX_RESPONSE + " bytes).");
        } else {
            connection.send("202 Accepted", "", OK);
        }
    }

    /** Passes a response on while it arrives, unless its size is still unknown and limited. */
    private static HandlerError response(ApiConnection connection, PendingEvent event) throws IOException {
        boolean isStreamed =
                "streaming".equalsIgnoreCase(connection.headers.get("lambda-runtime-function-response-mode"));
        if (!isStreamed && connection.contentLength() > MAX_RESPONSE) {
            connection.discard();
            return PendingEvent.TOO_LARGE;
        }
        boolean isHeldBack = !isStreamed && connection.contentLength() < 0;
        ByteArrayOutputStream held = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        for (int length = connection.read(buffer); length >= 0; length = connection.read(buffer)) {
            if (!isHeldBack) {
                event.respond(buffer, length);
            } else if (held.size() <= MAX_RESPONSE) {
                held.write(buffer, 0, length);
            }
        }
        if (held.size() > MAX_RESPONSE) {
            return PendingEvent.TOO_LARGE;
        }
        event.respond(held.toByteArray(), held.size());
        String type = connection.headers.get(ERROR_TYPE);
        String body = connection.headers.get("lambda-runtime-function-error-body");
        return isStreamed && type != null ? HandlerError.reported(type, decoded(body == null ? "" : body)) : null;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return base64.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static HandlerError reportedError(ApiConnection connection) throws IOException {
        byte[] report = body(connection);
        return report.length > MAX_RESPONSE
                ? PendingEvent.TOO_LARGE
                : HandlerError.reported(connection.headers.get(ERROR_TYPE), report);
    }

    /** Reads a body; of one over the limit only a part that is over it as well. */
    private static byte[] body(ApiConnection connection) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        for (int length = connection.read(buffer); length >= 0; length = connection.read(buffer)) {
            if (body.size() <= MAX_RESPONSE) {
                body.write(buffer, 0, length);
            }
        }
        return body.toByteArray();
    }

    private synchronized void fail(HandlerError error) {
        startFailure = error;
        notifyAll();
    }

    /** Closes the port and all connections. */
    @Override
    public void close() throws IOException {
        server.close();
        List<ApiConnection> open;
        synchronized (this) {
            isClosed = true;
            notifyAll();
            open = new ArrayList<>(connections);
        }
        for (ApiConnection connection : open) {
            connection.close();
        }
    }
}
