package io.github.lambdashell.target.local.runtimeapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;

/**
 * The Runtime API of one sandbox, version 2018-06-01, on a port of its own. It has no thread: the one that calls {@link
 * #initialize} or {@link #invoke} serves the runtime's requests until the runtime has done its work. Requests that
 * arrive in between wait in the kernel's buffers.
 *
 * <p>Used by one thread at a time, except for {@link #processHasEnded} and {@link #abort}.
 */
public final class RuntimeApi implements Closeable {
    /** How long a runtime whose connection broke may take to end, which then is the cause. */
    private static final Duration EXIT_AFTER_BREAK = Duration.ofSeconds(1);

    private static final String BASE = "/2018-06-01/runtime/";
    private static final String NEXT = "GET " + BASE + "invocation/next";
    private static final String INIT_ERROR = "POST " + BASE + "init/error";
    private static final Pattern ANSWER = Pattern.compile("POST " + BASE + "invocation/([^/?]+)/(response|error)");
    private static final String RESPONSE_MODE = "Lambda-Runtime-Function-Response-Mode";
    private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
    private static final String ERROR_BODY = "Lambda-Runtime-Function-Error-Body";

    private final RuntimeServer server;
    private final Extensions extensions;
    private boolean isInitialized;
    private Optional<Failure> initFailure = Optional.empty();
    /** The connection of a runtime that waits for its next event; null without one. */
    private RuntimeConnection waiting;
    /** An invocation whose event the runtime has not taken yet; null without one. */
    private OfferedInvocation offered;
    /** The invocation whose event the runtime has taken and not answered; null without one. */
    private OfferedInvocation current;

    private boolean isAnswered;
    private boolean isTruncated;
    private Optional<Failure> failure = Optional.empty();

    /** Why serving has ended. */
    public enum End {
        /** The runtime waits for its next event. */
        IDLE,
        /** The runtime has reported that it can't start. */
        INIT_ERROR,
        /** An extension has ended or could not be started. */
        EXTENSION_FAILED,
        PROCESS_ENDED,
        ABORTED,
        TIME_LIMIT
    }

    /**
     * Opens a free port of 127.0.0.1.
     *
     * @param owner decides who may connect
     * @param extensions are served on the same port
     */
    public RuntimeApi(ConnectionOwner owner, Extensions extensions) throws IOException {
        this.extensions = extensions;
        server = new RuntimeServer(owner, this::receive);
    }

    /** Returns the value of AWS_LAMBDA_RUNTIME_API: {@code 127.0.0.1:PORT}. */
    public String address() {
        return "127.0.0.1:" + server.port();
    }

    /**
     * Forgets the previous process of the runtime, before another one starts.
     *
     * @throws IOException if the API has been stopped
     */
    public void reset() throws IOException {
        server.reset();
        extensions.reset();
        waiting = null;
        offered = null;
        current = null;
        isInitialized = false;
        initFailure = Optional.empty();
        forgetAnswer();
    }

    /** Tells the serving thread that the process has ended. What the process sent before is still served. */
    public void processHasEnded() {
        server.processHasEnded();
    }

    /** Ends serving at once, in any thread. */
    public void abort() {
        server.abort();
    }

    /**
     * Ends serving for good, in any thread. The runtime's connections stay open until {@link #close}: a runtime that still
     * runs would take their end for a failure, and log it.
     */
    public void stop() {
        server.stop();
    }

    /** Goes on serving after {@link #abort}. */
    public void resume() {
        server.resume();
    }

    /** Makes the serving thread look at the extensions again, from any thread. */
    public void extensionsHaveChanged() {
        server.wakeUp();
    }

    /** Serves the extensions that have just been started until they are registered. */
    public End registerExtensions(Duration limit) throws InterruptedException {
        return RuntimeServer.serve(() -> {
            server.serveUntil(() -> extensions.areRegistered() || extensions.haveFailed(), limit);
            return extensions.haveFailed() ? End.EXTENSION_FAILED : End.IDLE;
        });
    }

    /** Serves a runtime that has just been started until it and its extensions ask for their first event. */
    public End initialize(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        return RuntimeServer.serve(() -> {
            server.serveUntil(() -> waiting != null || initFailure.isPresent() || extensions.haveFailed(), limit);
            if (initFailure.isPresent()) {
                return End.INIT_ERROR;
            }
            extensions.runtimeIsInitialized();
            return awaitExtensions(Duration.ofNanos(deadline - System.nanoTime()));
        });
    }

    /** Serves the extensions until the runtime's process has ended, whose answers nobody waits for. */
    public void awaitProcessEnd(Duration limit) throws InterruptedException {
        offered = null;
        current = null;
        RuntimeServer.serve(() -> {
            server.serveUntil(() -> false, limit);
            return End.PROCESS_ENDED;
        });
    }

    /**
     * Tells the extensions that the sandbox is about to end, and serves them until they have ended.
     *
     * @param reason in Lambda's words
     */
    public void shutDownExtensions(String reason, Duration limit) throws InterruptedException {
        offered = null;
        current = null;
        long deadline = System.nanoTime() + limit.toNanos();
        End end = RuntimeServer.serve(() -> {
            extensions.shutDown(reason, Instant.now().plus(limit));
            return End.PROCESS_ENDED;
        });
        // The end of the runtime's process does not end this.
        while (end == End.PROCESS_ENDED && System.nanoTime() < deadline) {
            server.resume();
            end = RuntimeServer.serve(() -> {
                server.serveUntil(extensions::haveEnded, Duration.ofNanos(deadline - System.nanoTime()));
                return End.IDLE;
            });
        }
    }

    /** Returns what the runtime reported when it could not start. */
    public Optional<Failure> initFailure() {
        return initFailure;
    }

    /**
     * Hands an event to the runtime and its extensions, and serves them until the runtime has answered and all ask for
     * their next event.
     *
     * @param timeout when the function's timeout ends the invocation, for the runtime's information
     */
    public End invoke(InvocationRequest request, Instant timeout, ResponseSink sink) throws InterruptedException {
        forgetAnswer();
        return RuntimeServer.serve(() -> {
            server.serveArrived();
            if (extensions.haveFailed()) {
                return End.EXTENSION_FAILED;
            }
            offered = OfferedInvocation.of(request, timeout, sink);
            extensions.invoke(offered.forExtensions());
            if (waiting != null) {
                RuntimeConnection connection = waiting;
                waiting = null;
                server.handle(connection, this::next);
            }
            server.serveUntil(
                    () -> isAnswered && (waiting != null || isTruncated) || extensions.haveFailed(),
                    RuntimeServer.NO_LIMIT);
            // A connection that breaks is most often the first sign of the process's end.
            server.serveUntil(() -> waiting != null || extensions.haveFailed(), EXIT_AFTER_BREAK);
            if (extensions.haveFailed()) {
                return End.EXTENSION_FAILED;
            }
            extensions.runtimeIsDone(failure);
            return awaitExtensions(RuntimeServer.NO_LIMIT);
        });
    }

    /** Serves the extensions until they, too, ask for their next event. */
    private End awaitExtensions(Duration limit) throws IOException {
        if (!extensions.areReady()) {
            server.serveUntil(() -> extensions.areReady() || extensions.haveFailed(), limit);
        }
        return extensions.haveFailed() ? End.EXTENSION_FAILED : End.IDLE;
    }

    private void forgetAnswer() {
        isAnswered = false;
        isTruncated = false;
        failure = Optional.empty();
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

    private void receive(RuntimeConnection connection) throws IOException, HttpException {
        if (connection == waiting) {
            // It has gone; or it sends another request without waiting for its event, which is not supported.
            waiting = null;
            connection.close();
            return;
        }
        if (extensions.release(connection)) {
            return;
        }
        Optional<ClassicHttpRequest> received = connection.receive();
        if (received.isEmpty()) {
            connection.close();
            return;
        }
        ClassicHttpRequest request = received.get();
        String operation = request.getMethod() + " " + request.getPath();
        Matcher answer = ANSWER.matcher(operation);
        if (operation.equals(NEXT)) {
            connection.discard();
            next(connection);
        } else if (operation.equals(INIT_ERROR)) {
            receiveInitError(connection, request);
        } else if (!answer.matches()) {
            if (extensions.receive(connection, request)) {
                return;
            }
            connection.discard();
            connection.sendError("404 Not Found", "NotFound", "No such operation of the Runtime API");
        } else if (!isCurrent(answer.group(1), request)) {
            connection.discard();
            connection.sendError("403 Forbidden", "InvalidRequestID", "Invalid request ID");
        } else if (answer.group(2).equals("response")) {
            receiveResponse(connection, request);
        } else {
            receiveError(connection, request);
        }
    }

    private boolean isCurrent(String requestId, ClassicHttpRequest request) {
        return current != null
                && current.request().requestId().equals(requestId)
                && header(request, OfferedInvocation.ID_HEADER, current.id()).equals(current.id());
    }

    private void next(RuntimeConnection connection) throws IOException {
        isInitialized = true;
        if (server.takeReady(waiting)) {
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
            connection.send("200 OK", offered.headers(), offered.request().event());
            current = offered;
            offered = null;
        }
    }

    private void receiveResponse(RuntimeConnection connection, ClassicHttpRequest request) throws IOException {
        ResponseSink sink = current.sink();
        current = null;
        String mode = header(request, RESPONSE_MODE, "buffered").toLowerCase(Locale.ROOT);
        if (!mode.equals("buffered") && !mode.equals("streaming")) {
            connection.discard();
            // The type is the one of Lambda's own emulator.
            answered(Optional.of(Failure.of("Runtime.InvalidResponseModeHeader", "Invalid function response mode")));
            connection.sendError("400 Bad Request", "InvalidFunctionResponseMode", "Invalid function response mode");
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
        return connection
                .readAll(Failure.BUFFERED_LIMIT)
                .map(payload -> new Failure(header(request, ERROR_TYPE, "Runtime.Unknown"), payload, false));
    }

    private void answered(Optional<Failure> why) {
        isAnswered = true;
        failure = why;
    }

    private void truncated(String what) {
        answered(Optional.of(Failure.truncated(what)));
        isTruncated = true;
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
        connection.sendError(
                "413 Request Entity Too Large",
                "RequestEntityTooLarge",
                "Exceeded maximum allowed payload size (" + Failure.BUFFERED_LIMIT + " bytes).");
    }

    private static void sendInvalidState(RuntimeConnection connection, String message) throws IOException {
        connection.sendError("403 Forbidden", "InvalidStateTransition", message);
    }

    /** Closes the port and all connections. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
