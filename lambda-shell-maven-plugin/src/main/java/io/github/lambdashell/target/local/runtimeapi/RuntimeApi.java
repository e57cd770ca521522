package io.github.lambdashell.target.local.runtimeapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Runtime API of one sandbox, version 2018-06-01, on a port of its own. It has no thread: the one that calls {@link
 * #initialize} or {@link #invoke} serves the runtime's requests until the runtime has done its work. Requests that
 * arrive in between wait in the kernel's buffers.
 *
 * <p>Used by one thread at a time, except for {@link #processHasEnded} and {@link #abort}.
 */
public final class RuntimeApi implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeApi.class);

    /** How long a runtime whose connection broke may take to end, which then is the cause. */
    private static final Duration EXIT_AFTER_BREAK = Duration.ofSeconds(1);

    private static final Duration NO_LIMIT = Duration.ofDays(365);
    private static final int BACKLOG = 128;
    private static final String BASE = "/2018-06-01/runtime/";
    private static final String NEXT = "GET " + BASE + "invocation/next";
    private static final String INIT_ERROR = "POST " + BASE + "init/error";
    private static final Pattern ANSWER = Pattern.compile("POST " + BASE + "invocation/([^/?]+)/(response|error)");
    private static final String INVOCATION_ID = "Lambda-Runtime-Invocation-Id";
    private static final String RESPONSE_MODE = "Lambda-Runtime-Function-Response-Mode";
    private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
    private static final String ERROR_BODY = "Lambda-Runtime-Function-Error-Body";

    private final ConnectionOwner owner;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET);
    /** Connections that can be read from or written to, and that the selector does not watch meanwhile. */
    private final Set<RuntimeConnection> ready = new LinkedHashSet<>();

    private volatile boolean hasProcessEnded;
    private volatile boolean isAborted;
    private long deadline;
    private boolean isInitialized;
    private Optional<Failure> initFailure = Optional.empty();
    /** The connection of a runtime that waits for its next event; null without one. */
    private RuntimeConnection waiting;
    /** An invocation whose event the runtime has not taken yet; null without one. */
    private Invocation offered;
    /** The invocation whose event the runtime has taken and not answered; null without one. */
    private Invocation current;

    private boolean isAnswered;
    private boolean isTruncated;
    private Optional<Failure> failure = Optional.empty();

    /** Why serving has ended. */
    public enum End {
        /** The runtime waits for its next event. */
        IDLE,
        /** The runtime has reported that it can't start. */
        INIT_ERROR,
        PROCESS_ENDED,
        ABORTED,
        TIME_LIMIT
    }

    /** Ends serving from within a wait for bytes. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final End end;

        /** @param end null for an interruption */
        StoppedException(End end) {
            super(null, null, false, false);
            this.end = end;
        }
    }

    /** @param id distinguishes attempts at one request, since July 2026 */
    private record Invocation(
            InvocationRequest request, String id, String functionArn, Instant deadline, ResponseSink sink) {}

    /**
     * Opens a free port of 127.0.0.1.
     *
     * @param owner decides who may connect
     */
    public RuntimeApi(ConnectionOwner owner) throws IOException {
        this.owner = owner;
        server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Returns the value of AWS_LAMBDA_RUNTIME_API: {@code 127.0.0.1:PORT}. */
    public String address() {
        return "127.0.0.1:" + server.socket().getLocalPort();
    }

    /**
     * Forgets the previous process of the runtime, before another one starts.
     *
     * @throws IOException if the API has been closed
     */
    public void reset() throws IOException {
        if (!selector.isOpen()) {
            throw new IOException("The sandbox has been closed");
        }
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof RuntimeConnection connection) {
                connection.close();
            }
        }
        ready.clear();
        waiting = null;
        offered = null;
        current = null;
        isInitialized = false;
        initFailure = Optional.empty();
        forgetAnswer();
        hasProcessEnded = false;
        isAborted = false;
    }

    /** Tells the serving thread that the process has ended. What the process sent before is still served. */
    public void processHasEnded() {
        hasProcessEnded = true;
        selector.wakeup();
    }

    boolean hasProcessEnded() {
        return hasProcessEnded;
    }

    /** Ends serving at once, in any thread. */
    public void abort() {
        isAborted = true;
        selector.wakeup();
    }

    /** Serves a runtime that has just been started until it asks for its first event. */
    public End initialize(Duration limit) throws InterruptedException {
        return serve(() -> {
            serveUntil(() -> waiting != null || initFailure.isPresent(), limit);
            return initFailure.isPresent() ? End.INIT_ERROR : End.IDLE;
        });
    }

    /** Returns what the runtime reported when it could not start. */
    public Optional<Failure> initFailure() {
        return initFailure;
    }

    /**
     * Hands an event to the runtime and serves it until it has answered and asks for its next event.
     *
     * @param functionArn as it was invoked
     * @param timeout when the function's timeout ends the invocation, for the runtime's information
     */
    public End invoke(InvocationRequest request, String functionArn, Instant timeout, ResponseSink sink)
            throws InterruptedException {
        forgetAnswer();
        return serve(() -> {
            serveArrived();
            offered = new Invocation(request, uniqueId(), functionArn, timeout, sink);
            if (waiting != null) {
                RuntimeConnection connection = waiting;
                waiting = null;
                handle(connection, this::next);
            }
            serveUntil(() -> isAnswered && (waiting != null || isTruncated), NO_LIMIT);
            // A connection that breaks is most often the first sign of the process's end.
            serveUntil(() -> waiting != null, EXIT_AFTER_BREAK);
            return End.IDLE;
        });
    }

    private void forgetAnswer() {
        isAnswered = false;
        isTruncated = false;
        failure = Optional.empty();
    }

    /** Returns an id that need not be unpredictable, which would take longer. */
    private static String uniqueId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Returns whether the last invocation was answered, with a response or an error. */
    public boolean isAnswered() {
        return isAnswered;
    }

    /** Returns why the last invocation has no response, or only a part of one. */
    public Optional<Failure> failure() {
        return failure;
    }

    /** Returns whether the connection ended before the last invocation's answer did. */
    public boolean isTruncated() {
        return isTruncated;
    }

    private interface Serving {
        End serve() throws IOException;
    }

    private static End serve(Serving serving) throws InterruptedException {
        try {
            return serving.serve();
        } catch (StoppedException e) {
            if (e.end == null) {
                throw new InterruptedException();
            }
            return e.end;
        } catch (ClosedSelectorException | CancelledKeyException e) {
            // Closed by another thread.
            return End.ABORTED;
        } catch (IOException e) {
            throw new IllegalStateException("The Runtime API can't be served", e);
        }
    }

    /** Serves the requests that have arrived, without waiting. */
    private void serveArrived() throws IOException {
        deadline = System.nanoTime() + NO_LIMIT.toNanos();
        while (select(false) > 0 || !ready.isEmpty()) {
            serveReady();
        }
    }

    private void serveUntil(BooleanSupplier isDone, Duration limit) throws IOException {
        deadline = System.nanoTime() + limit.toNanos();
        while (!isDone.getAsBoolean()) {
            boolean isLast = hasProcessEnded;
            if (ready.isEmpty() && select(true) == 0 && isLast) {
                throw new StoppedException(End.PROCESS_ENDED);
            }
            serveReady();
        }
    }

    /**
     * Looks for connections that are new or ready.
     *
     * @param isPatient whether to wait for one; not after the process's end
     * @return how many there are
     */
    private int select(boolean isPatient) throws IOException {
        if (isAborted) {
            throw new StoppedException(End.ABORTED);
        }
        if (Thread.interrupted()) {
            throw new StoppedException(null);
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new StoppedException(End.TIME_LIMIT);
        }
        int count = isPatient && !hasProcessEnded
                ? selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1)
                : selector.selectNow();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof RuntimeConnection connection) {
                connection.watchFor(0);
                ready.add(connection);
            } else {
                accept();
            }
        }
        selector.selectedKeys().clear();
        return count;
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return;
        }
        try {
            if (owner.isOwn(
                    (InetSocketAddress) channel.getRemoteAddress(), (InetSocketAddress) channel.getLocalAddress())) {
                new RuntimeConnection(this, channel, selector);
            } else {
                LOG.debug("Connection of another process refused: {}", channel);
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("Connection lost", e);
            channel.close();
        }
    }

    /** Waits until a connection can be read from or written to, or the process has ended; others wait meanwhile. */
    void await(RuntimeConnection connection, int operation) throws IOException {
        connection.watchFor(operation);
        while (!ready.remove(connection) && !hasProcessEnded) {
            select(true);
        }
    }

    private void serveReady() throws IOException {
        if (ready.isEmpty()) {
            return;
        }
        RuntimeConnection connection = ready.iterator().next();
        ready.remove(connection);
        if (connection == waiting) {
            // It has gone; or it sends another request without waiting for its event, which is not supported.
            waiting = null;
            connection.close();
        } else {
            handle(connection, this::receive);
        }
    }

    private interface Handler {
        void handle(RuntimeConnection connection) throws IOException, HttpException;
    }

    private void handle(RuntimeConnection connection, Handler handler) throws IOException {
        try {
            handler.handle(connection);
        } catch (HttpException | MalformedChunkCodingException e) {
            refuseMalformed(connection);
        } catch (IOException e) {
            LOG.debug("Connection lost", e);
            connection.close();
        }
        if (connection.isOpen()) {
            if (connection.hasBufferedInput()) {
                ready.add(connection);
            } else {
                connection.watchFor(SelectionKey.OP_READ);
            }
        }
    }

    private static void refuseMalformed(RuntimeConnection connection) throws IOException {
        try {
            send(connection, "400 Bad Request", "InvalidRequest", "Malformed HTTP request");
        } catch (IOException e) {
            LOG.debug("Connection lost", e);
        }
        connection.close();
    }

    private void receive(RuntimeConnection connection) throws IOException, HttpException {
        Optional<ClassicHttpRequest> received = connection.receive();
        if (received.isEmpty()) {
            connection.close();
            return;
        }
        ClassicHttpRequest request = received.get();
        String operation = request.getMethod() + " " + request.getPath();
        Matcher answer = ANSWER.matcher(operation);
        if (operation.equals(NEXT)) {
            discard(connection);
            next(connection);
        } else if (operation.equals(INIT_ERROR)) {
            receiveInitError(connection, request);
        } else if (!answer.matches()) {
            discard(connection);
            send(connection, "404 Not Found", "NotFound", "No such operation of the Runtime API");
        } else if (!isCurrent(answer.group(1), request)) {
            discard(connection);
            send(connection, "403 Forbidden", "InvalidRequestID", "Invalid request ID");
        } else if (answer.group(2).equals("response")) {
            receiveResponse(connection, request);
        } else {
            receiveError(connection, request);
        }
    }

    private boolean isCurrent(String requestId, ClassicHttpRequest request) {
        return current != null
                && current.request.requestId().equals(requestId)
                && header(request, INVOCATION_ID, current.id).equals(current.id);
    }

    private void next(RuntimeConnection connection) throws IOException {
        isInitialized = true;
        if (ready.remove(waiting)) {
            waiting.close();
            waiting = null;
        }
        if (current != null) {
            sendInvalidState(connection, "The current invocation has not been answered");
        } else if (waiting != null) {
            sendInvalidState(connection, "Another request waits for the next invocation");
        } else if (offered == null) {
            waiting = connection;
        } else {
            sendEvent(connection, offered);
            current = offered;
            offered = null;
        }
    }

    private static void sendEvent(RuntimeConnection connection, Invocation invocation) throws IOException {
        InvocationRequest request = invocation.request;
        StringBuilder headers = new StringBuilder();
        headers.append("Lambda-Runtime-Aws-Request-Id: ").append(request.requestId());
        headers.append("\r\nLambda-Runtime-Deadline-Ms: ").append(invocation.deadline.toEpochMilli());
        headers.append("\r\nLambda-Runtime-Invoked-Function-Arn: ").append(invocation.functionArn);
        headers.append("\r\nLambda-Runtime-Trace-Id: ").append(traceId());
        headers.append("\r\n" + INVOCATION_ID + ": ").append(invocation.id);
        // JSON may have several lines, a header has one.
        request.clientContext().ifPresent(json -> headers.append("\r\nLambda-Runtime-Client-Context: ")
                .append(json.replaceAll("[\r\n]", " ")));
        connection.send("200 OK", headers.append("\r\n").toString(), request.event());
    }

    /** Returns X-Ray's header for an invocation that is not sampled. */
    private static String traceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "Root=1-" + hex.toHexDigits((int) (System.currentTimeMillis() / 1000)) + "-"
                + hex.toHexDigits(random.nextInt()) + hex.toHexDigits(random.nextLong()) + ";Parent="
                + hex.toHexDigits(random.nextLong()) + ";Sampled=0";
    }

    private void receiveResponse(RuntimeConnection connection, ClassicHttpRequest request) throws IOException {
        ResponseSink sink = current.sink;
        current = null;
        String mode = header(request, RESPONSE_MODE, "buffered").toLowerCase(Locale.ROOT);
        if (!mode.equals("buffered") && !mode.equals("streaming")) {
            discard(connection);
            // The type is the one of Lambda's own emulator.
            answered(Optional.of(Failure.of("Runtime.InvalidResponseModeHeader", "Invalid function response mode")));
            send(connection, "400 Bad Request", "InvalidFunctionResponseMode", "Invalid function response mode");
            return;
        }
        long limit = mode.equals("streaming") ? Long.MAX_VALUE : Failure.BUFFERED_LIMIT;
        long size = 0;
        boolean isCallerThere = true;
        try {
            isCallerThere = start(sink, header(request, "Content-Type", "application/octet-stream"));
            for (byte[] part = connection.read(); part != null; part = connection.read()) {
                size += part.length;
                isCallerThere = isCallerThere && size <= limit && write(sink, part);
            }
        } catch (IOException e) {
            truncated("its response did");
            throw e;
        }
        if (size > limit) {
            answered(Optional.of(Failure.responseTooLarge()));
            sendTooLarge(connection);
        } else {
            answered(errorInTrailers(connection.trailers()));
            sendAccepted(connection);
        }
    }

    /** Returns false if the caller has gone, which does not stop the function. */
    private static boolean start(ResponseSink sink, String contentType) {
        try {
            sink.start(contentType);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean write(ResponseSink sink, byte[] part) {
        try {
            sink.write(part);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Failure> errorInTrailers(Header[] trailers) {
        return trailer(trailers, ERROR_TYPE)
                .map(type ->
                        new Failure(type, decoded(trailer(trailers, ERROR_BODY).orElse("")), true));
    }

    private static Optional<String> trailer(Header[] trailers, String name) {
        return Stream.of(trailers)
                .filter(header -> header.getName().equalsIgnoreCase(name))
                .map(Header::getValue)
                .findFirst();
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return base64.getBytes(UTF_8);
        }
    }

    private void receiveError(RuntimeConnection connection, ClassicHttpRequest request) throws IOException {
        current = null;
        Optional<Failure> error;
        try {
            error = error(connection, request);
        } catch (IOException e) {
            truncated("its report of an error did");
            throw e;
        }
        answered(Optional.of(error.orElseGet(Failure::responseTooLarge)));
        acknowledge(connection, error);
    }

    private void receiveInitError(RuntimeConnection connection, ClassicHttpRequest request) throws IOException {
        Optional<Failure> error = error(connection, request);
        if (isInitialized) {
            sendInvalidState(connection, "The runtime is initialized");
        } else {
            initFailure = Optional.of(error.orElseGet(Failure::responseTooLarge));
            acknowledge(connection, error);
        }
    }

    /** Receives a report of an error; empty if it is too large. */
    private static Optional<Failure> error(RuntimeConnection connection, ClassicHttpRequest request)
            throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        boolean isTooLarge = false;
        for (byte[] part = connection.read(); part != null; part = connection.read()) {
            isTooLarge |= part.length > Failure.BUFFERED_LIMIT - payload.size();
            if (!isTooLarge) {
                payload.writeBytes(part);
            }
        }
        return isTooLarge
                ? Optional.empty()
                : Optional.of(
                        new Failure(header(request, ERROR_TYPE, "Runtime.Unknown"), payload.toByteArray(), false));
    }

    private void answered(Optional<Failure> why) {
        isAnswered = true;
        failure = why;
    }

    private void truncated(String what) {
        answered(Optional.of(Failure.truncated(what)));
        isTruncated = true;
    }

    private static void discard(RuntimeConnection connection) throws IOException {
        while (connection.read() != null) {
            // Its end is where the next request begins.
        }
    }

    private static String header(ClassicHttpRequest request, String name, String defaultValue) {
        Header header = request.getFirstHeader(name);
        return header == null ? defaultValue : header.getValue();
    }

    private static void acknowledge(RuntimeConnection connection, Optional<Failure> error) throws IOException {
        if (error.isPresent()) {
            sendAccepted(connection);
        } else {
            sendTooLarge(connection);
        }
    }

    private static void sendAccepted(RuntimeConnection connection) throws IOException {
        connection.send("202 Accepted", "", "{\"status\":\"OK\"}\n".getBytes(UTF_8));
    }

    private static void sendTooLarge(RuntimeConnection connection) throws IOException {
        send(
                connection,
                "413 Request Entity Too Large",
                "RequestEntityTooLarge",
                "Exceeded maximum allowed payload size (" + Failure.BUFFERED_LIMIT + " bytes).");
    }

    private static void sendInvalidState(RuntimeConnection connection, String message) throws IOException {
        send(connection, "403 Forbidden", "InvalidStateTransition", message);
    }

    /** Sends an error whose type and message need no escaping. */
    private static void send(RuntimeConnection connection, String status, String type, String message)
            throws IOException {
        String json = "{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}\n";
        connection.send(status, "", json.getBytes(UTF_8));
    }

    /** Closes the port and all connections. */
    @Override
    public void close() throws IOException {
        isAborted = true;
        if (selector.isOpen()) {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }
}
