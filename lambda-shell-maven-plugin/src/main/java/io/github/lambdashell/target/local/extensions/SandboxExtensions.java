package io.github.lambdashell.target.local.extensions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.isolation.Container;
import io.github.lambdashell.target.local.isolation.ExitStatus;
import io.github.lambdashell.target.local.isolation.ExtensionPrograms;
import io.github.lambdashell.target.local.runtimeapi.Extensions;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import io.github.lambdashell.target.local.runtimeapi.RuntimeConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;

/**
 * The extensions of one sandbox: programs in /opt/extensions, and internal ones, which register from the runtime's own
 * process. Used by the thread that serves the Runtime API.
 *
 * <p>States, errors and their words are those of AWS's runtime interface emulator, which is made of Lambda's own sources.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html">Lambda Extensions API</a>
 * @see <a href="https://github.com/aws/aws-lambda-runtime-interface-emulator">Lambda runtime interface emulator</a>
 */
public final class SandboxExtensions implements Extensions {
    private static final String BASE = "/2020-01-01/extension/";
    private static final String ID = "Lambda-Extension-Identifier";
    private static final String ERROR_TYPE = "Lambda-Extension-Function-Error-Type";
    private static final String INVOKE = "INVOKE";
    private static final String SHUTDOWN = "SHUTDOWN";
    private static final String INVALID_STATE = "Extension.InvalidExtensionState";
    private static final String OK = "{\"status\":\"OK\"}\n";
    private static final int MAX_BODY = 1024 * 1024;

    /** How long subscribers have to receive what happened before the sandbox's end. */
    private static final Duration FLUSH_LIMIT = Duration.ofMillis(300);

    private final FunctionDefinition function;
    private final ExtensionPrograms programs;
    private final Telemetry telemetry;
    private final List<Extension> extensions = new ArrayList<>();
    private boolean isRegistrationOpen;
    private boolean isInitialized;
    private boolean isShuttingDown;
    /** The one that the runtime works on, as far as the extensions know; null without one. */
    private Invocation invocation;

    private enum State {
        STARTED("Started"),
        REGISTERED("Registered"),
        READY("Ready"),
        RUNNING("Running"),
        INIT_ERROR("InitError"),
        EXIT_ERROR("ExitError"),
        LAUNCH_ERROR("LaunchError");

        private final String text;

        State(String text) {
            this.text = text;
        }
    }

    private static final class Extension {
        private final String name;
        private final boolean isInternal;
        private final UUID id = UUID.randomUUID();
        private final Set<String> events = new TreeSet<>();
        private State state = State.STARTED;
        private String errorType = "";
        /** An event that it has not received yet, as JSON; null without one. */
        private String event;
        /** The connection on which it waits for an event; null without one. */
        private RuntimeConnection waiting;
        /** Null while its process runs, and for an internal one. */
        private volatile ExitStatus exit;

        Extension(String name, boolean isInternal) {
            this.name = name;
            this.isInternal = isInternal;
        }

        boolean isRegistered() {
            return state != State.STARTED && state != State.LAUNCH_ERROR;
        }
    }

    /**
     * The failure of an extension.
     *
     * @param type in Lambda's words
     * @param message in Lambda's words
     */
    public record Problem(String type, String message) {}

    /** @param programs of the function's external extensions, possibly none */
    public SandboxExtensions(FunctionDefinition function, ExtensionPrograms programs, Telemetry telemetry) {
        this.function = function;
        this.programs = programs;
        this.telemetry = telemetry;
    }

    /** Returns whether there are programs to start. */
    public boolean areExternal() {
        return !programs.files().isEmpty();
    }

    /** Returns whether there are neither programs nor internal extensions: nothing here takes time then. */
    public boolean isEmpty() {
        return extensions.isEmpty();
    }

    /** Returns whether a program runs, so that the sandbox ends step by step. */
    public boolean areRunning() {
        return !isShuttingDown
                && extensions.stream()
                        .anyMatch(extension ->
                                !extension.isInternal && extension.isRegistered() && extension.exit == null);
    }

    private boolean awaitsShutdown() {
        return extensions.stream()
                .anyMatch(extension -> extension.exit == null
                        && extension.events.contains(SHUTDOWN)
                        && (extension.state == State.READY || extension.state == State.RUNNING));
    }

    @Override
    public void reset() {
        extensions.clear();
        telemetry.begin();
        isRegistrationOpen = true;
        isShuttingDown = false;
        isInitialized = false;
        if (areExternal()) {
            programs.names().forEach(name -> extensions.add(new Extension(name, false)));
            telemetry.platform("platform.initStart", () -> initRecord()
                    .put("runtimeVersion", function.settings().runtime() + ":local")
                    .put("functionName", function.name())
                    .put("functionVersion", "$LATEST")
                    .put("instanceMaxMemory", function.settings().memorySize() * 1024L * 1024));
        }
    }

    private static ObjectNode initRecord() {
        return Json.object().put("initializationType", "on-demand").put("phase", "init");
    }

    /**
     * Returns why a program can't be started, before that is tried.
     *
     * @throws IOException if the programs can't be read
     */
    public Optional<Problem> launchError() throws IOException {
        Optional<String> message = programs.launchError();
        for (Extension extension : extensions) {
            if (message.isPresent() && message.get().contains("/" + extension.name + ": ")) {
                extension.state = State.LAUNCH_ERROR;
                extension.errorType = message.get().endsWith("permission denied") ? "PermissionDenied" : "UnknownError";
            }
        }
        return message.map(text -> new Problem("Extension.LaunchError", text));
    }

    /** Returns the receiver of the programs' ends, which are numbered from 1; it may be called on any thread. */
    public Container.ExitListener exits() {
        List<Extension> started = List.copyOf(extensions);
        return (number, status) -> started.get(number - 1).exit = status;
    }

    /** Ends all subscriptions. */
    public void end() {
        telemetry.end();
    }

    /** Forgets all, because their processes have been killed. */
    public void killed() {
        extensions.clear();
        telemetry.end();
    }

    /** Returns why the sandbox can't go on: the first program that has ended, in Lambda's words. */
    public Optional<Problem> problem() {
        return extensions.stream()
                .filter(extension -> extension.exit != null)
                .findFirst()
                .map(this::problem);
    }

    private Problem problem(Extension extension) {
        int code = extension.exit.code();
        boolean isUnstartable = code == 126 || code == 127;
        if (!extension.isRegistered() && isUnstartable) {
            extension.state = State.LAUNCH_ERROR;
            extension.errorType = "UnknownError";
            return new Problem(
                    "Extension.LaunchError",
                    ExtensionPrograms.launchError(
                            extension.name, code == 127 ? "no such file or directory" : "exec format error"));
        }
        String message = code == 0 ? "exit code 0" : extension.exit.description();
        return new Problem(reportedType().orElse("Extension.Crash"), message);
    }

    /** Returns the type of the error that an extension has reported, if one has. */
    private Optional<String> reportedType() {
        return extensions.stream()
                .map(extension -> extension.state)
                .filter(state -> state == State.INIT_ERROR || state == State.EXIT_ERROR)
                .map(state -> "Extension." + state.text)
                .findFirst();
    }

    /**
     * The initialization has ended: no extension can register or subscribe any more.
     *
     * @param errorType why the runtime can't be used
     * @return the log's lines about the initialization of each, in Lambda's words
     */
    public List<String> initialized(Duration duration, Optional<String> errorType) {
        if (!isInitialized) {
            initRuntimeDone(errorType);
        }
        extensions.forEach(this::reportInit);
        telemetry.platform("platform.initReport", () -> {
            ObjectNode content = status(initRecord(), errorType);
            content.putObject("metrics").put("durationMs", Json.millis(duration));
            return content;
        });
        telemetry.closeSubscriptions();
        return initLines();
    }

    private void initRuntimeDone(Optional<String> errorType) {
        telemetry.platform("platform.initRuntimeDone", () -> status(initRecord(), errorType));
    }

    private static ObjectNode status(ObjectNode content, Optional<String> errorType) {
        content.put("status", errorType.isEmpty() ? "success" : isTimeout(errorType.get()) ? "timeout" : "error");
        errorType.filter(type -> !isTimeout(type)).ifPresent(type -> content.put("errorType", type));
        return content;
    }

    private static boolean isTimeout(String errorType) {
        return errorType.equals("Sandbox.Timedout");
    }

    private void reportInit(Extension extension) {
        telemetry.platform("platform.extension", () -> {
            ObjectNode content = Json.object().put("name", extension.name).put("state", extension.state.text);
            extension.events.forEach(content.putArray("events")::add);
            return extension.errorType.isEmpty() ? content : content.put("errorType", extension.errorType);
        });
    }

    /** Returns the log's lines about the initialization of each, in Lambda's words. */
    private List<String> initLines() {
        return extensions.stream()
                .map(extension -> "EXTENSION\tName: " + extension.name + "\tState: " + extension.state.text
                        + "\tEvents: [" + String.join(",", extension.events) + "]"
                        + (extension.errorType.isEmpty() ? "" : "\tError Type: " + extension.errorType))
                .toList();
    }

    @Override
    public boolean areRegistered() {
        return extensions.isEmpty() || extensions.stream().allMatch(Extension::isRegistered);
    }

    @Override
    public boolean areReady() {
        return extensions.isEmpty()
                || extensions.stream().allMatch(extension -> extension.state == State.READY && extension.event == null);
    }

    @Override
    public boolean haveFailed() {
        return !extensions.isEmpty() && extensions.stream().anyMatch(extension -> extension.exit != null);
    }

    @Override
    public void runtimeIsInitialized() {
        isRegistrationOpen = false;
        isInitialized = true;
        if (!extensions.isEmpty()) {
            initRuntimeDone(Optional.empty());
        }
    }

    @Override
    public void invoke(Invocation next) throws IOException {
        if (extensions.isEmpty()) {
            return;
        }
        invocation = next;
        telemetry.platform("platform.start", () -> invocationRecord(next).put("version", "$LATEST"));
        ObjectNode event = Json.object()
                .put("eventType", INVOKE)
                .put("deadlineMs", next.deadline().toEpochMilli())
                .put("requestId", next.requestId())
                .put("invokedFunctionArn", next.functionArn());
        offer(INVOKE, event.set("tracing", tracing(next)));
    }

    private static ObjectNode invocationRecord(Invocation invocation) {
        ObjectNode content = Json.object().put("requestId", invocation.requestId());
        return content.set("tracing", tracing(invocation));
    }

    private static ObjectNode tracing(Invocation invocation) {
        return Json.object().put("type", "X-Amzn-Trace-Id").put("value", invocation.traceId());
    }

    @Override
    public void runtimeIsDone(Optional<Failure> failure) {
        if (invocation != null) {
            runtimeDone(failure.map(Failure::type));
        }
    }

    /**
     * The runtime's part of an invocation has ended; has no effect if that is known.
     *
     * @param errorType why it failed
     */
    public void runtimeDone(Optional<String> errorType) {
        if (invocation != null) {
            ObjectNode content = status(invocationRecord(invocation), errorType);
            invocation = null;
            telemetry.platform("platform.runtimeDone", () -> content);
        }
    }

    /**
     * An invocation has ended.
     *
     * @param errorType why it failed
     */
    public void report(InvocationReport report, Optional<String> errorType) {
        telemetry.platform("platform.report", () -> {
            ObjectNode content = status(Json.object().put("requestId", report.requestId()), errorType);
            ObjectNode metrics = content.putObject("metrics")
                    .put("durationMs", Json.millis(report.duration()))
                    .put("billedDurationMs", report.billedDuration().toMillis())
                    .put("memorySizeMB", report.memorySize())
                    .put("maxMemoryUsedMB", report.maxMemoryUsed());
            report.initDuration().ifPresent(init -> metrics.put("initDurationMs", Json.millis(init)));
            return content;
        });
    }

    /** Sets whether the sandbox runs; a frozen one can't receive telemetry. */
    public void setActive(boolean value) {
        telemetry.setActive(value);
    }

    @Override
    public void shutDown(String reason, Instant deadline) throws IOException {
        isShuttingDown = true;
        telemetry.flush(FLUSH_LIMIT);
        offer(
                SHUTDOWN,
                Json.object()
                        .put("eventType", SHUTDOWN)
                        .put("shutdownReason", reason)
                        .put("deadlineMs", deadline.toEpochMilli()));
    }

    @Override
    public boolean haveEnded() {
        return !awaitsShutdown();
    }

    private void offer(String type, ObjectNode event) throws IOException {
        String json = event.toString();
        for (Extension extension : extensions) {
            if (extension.events.contains(type)) {
                extension.event = json;
                pass(extension);
            }
        }
    }

    /** Passes an event to an extension that waits for one. */
    private static void pass(Extension extension) throws IOException {
        if (extension.event == null || extension.waiting == null) {
            return;
        }
        RuntimeConnection connection = extension.waiting;
        extension.waiting = null;
        String headers = "Lambda-Extension-Event-Identifier: " + UUID.randomUUID() + "\r\n";
        // Otherwise it asks again, or ends.
        if (!connection.isGone()
                && connection.sendLater("200 OK", headers, extension.event.getBytes(StandardCharsets.UTF_8))) {
            extension.event = null;
            extension.state = State.RUNNING;
        }
    }

    @Override
    public boolean release(RuntimeConnection connection) throws IOException {
        for (Extension extension : extensions) {
            if (extension.waiting == connection) {
                extension.waiting = null;
                connection.close();
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean receive(RuntimeConnection connection, ClassicHttpRequest request) throws IOException {
        String operation = request.getMethod() + " " + request.getPath();
        switch (operation) {
            case "POST " + BASE + "register" -> register(connection, request);
            case "GET " + BASE + "event/next" -> {
                connection.discard();
                Extension extension = identified(connection, request);
                if (extension != null) {
                    next(connection, extension);
                }
            }
            case "POST " + BASE + "init/error" -> reportError(connection, request, State.INIT_ERROR);
            case "POST " + BASE + "exit/error" -> reportError(connection, request, State.EXIT_ERROR);
            case "PUT /2022-07-01/telemetry", "PUT /2022-07-01/telemetry/" -> subscribe(connection, request);
            case "PUT /2020-08-15/logs", "PUT /2020-08-15/logs/" -> {
                connection.discard();
                // Replaced by the Telemetry API; the emulator answers like this, too.
                connection.sendError("202 Accepted", "Logs.NotSupported", "Logs API is not supported");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void register(RuntimeConnection connection, ClassicHttpRequest request) throws IOException {
        String name = header(request, "Lambda-Extension-Name");
        Optional<byte[]> body = connection.readAll(MAX_BODY);
        if (name.isEmpty()) {
            refuse(connection, "Extension.InvalidExtensionName", "Empty extension name");
            return;
        }
        Set<String> events = new TreeSet<>();
        try {
            JsonNode content = Json.MAPPER.readTree(body.orElseThrow(() -> new IOException("too large")));
            if (!content.isObject()) {
                throw new IOException("not a JSON object");
            }
            content.path("events").forEach(event -> events.add(event.asText()));
        } catch (IOException e) {
            refuse(connection, "InvalidRequestFormat", "The body must be JSON such as {\"events\":[\"INVOKE\"]}");
            return;
        }
        Optional<Extension> external = extensions.stream()
                .filter(extension -> !extension.isInternal && extension.name.equals(name))
                .findFirst();
        for (String event : events) {
            String problem = !Set.of(INVOKE, SHUTDOWN).contains(event)
                    ? "ErrorInvalidEventType"
                    : event.equals(SHUTDOWN) && external.isEmpty()
                            ? "ShutdownEventNotSupportedForInternalExtension"
                            : null;
            if (problem != null) {
                refuse(connection, "Extension.InvalidEventType", event + ": " + problem);
                return;
            }
        }
        if (external.isPresent() && external.get().state != State.STARTED) {
            refuseState(connection, external.get(), State.REGISTERED, name);
            return;
        }
        if (external.isEmpty() && !isInternalAllowed(connection, name)) {
            return;
        }
        Extension extension = external.orElseGet(() -> new Extension(name, true));
        if (extension.isInternal) {
            extensions.add(extension);
        }
        extension.events.addAll(events);
        extension.state = State.REGISTERED;
        ObjectNode answer = Json.object()
                .put("functionName", function.name())
                .put("functionVersion", "$LATEST")
                .put("handler", function.handler());
        if (header(request, "Lambda-Extension-Accept-Feature").contains("accountId")) {
            answer.put("accountId", function.arn().split(":")[4]);
        }
        connection.send(
                "200 OK", ID + ": " + extension.id + "\r\n", answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isInternalAllowed(RuntimeConnection connection, String name) throws IOException {
        if (!isRegistrationOpen) {
            refuse(connection, "Extension.RegistrationClosed", "Extension registration closed already");
        } else if (extensions.size() >= ExtensionPrograms.MAX) {
            refuse(
                    connection,
                    "Extension.TooManyExtensions",
                    "Extension limit (" + ExtensionPrograms.MAX + ") reached");
        } else if (extensions.stream().anyMatch(extension -> extension.name.equals(name))) {
            refuse(connection, INVALID_STATE, "Extension with this name already registered");
        } else {
            return true;
        }
        return false;
    }

    private void next(RuntimeConnection connection, Extension extension) throws IOException {
        boolean waitsAlready = extension.waiting != null && !extension.waiting.isGone();
        boolean isAllowed = extension.state == State.REGISTERED
                || extension.state == State.RUNNING
                // A client may give up waiting and ask again.
                || extension.state == State.READY && !waitsAlready;
        if (!isAllowed) {
            refuseState(connection, extension, State.READY, extension.id.toString());
            return;
        }
        extension.state = State.READY;
        extension.waiting = connection;
        pass(extension);
    }

    private void reportError(RuntimeConnection connection, ClassicHttpRequest request, State state) throws IOException {
        connection.discard();
        Extension extension = identified(connection, request);
        if (extension == null) {
            return;
        }
        String type = header(request, ERROR_TYPE);
        if (type.isEmpty()) {
            refuse(connection, "Extension.MissingHeader", ERROR_TYPE + " not found");
            return;
        }
        Set<State> allowed = state == State.INIT_ERROR
                ? Set.of(State.REGISTERED)
                : Set.of(State.REGISTERED, State.READY, State.RUNNING);
        if (allowed.contains(extension.state)) {
            extension.state = state;
            extension.errorType = type;
        } else if (extension.state != state) {
            refuseState(connection, extension, state, extension.id.toString());
            return;
        }
        connection.send("202 Accepted", "", OK.getBytes(StandardCharsets.UTF_8));
    }

    private void subscribe(RuntimeConnection connection, ClassicHttpRequest request) throws IOException {
        Optional<byte[]> body = connection.readAll(MAX_BODY);
        Extension extension = identified(connection, request);
        if (extension == null) {
            return;
        }
        if (!telemetry.isOpen()) {
            refuse(connection, "Telemetry.SubscriptionClosed", "Telemetry API subscription is closed already");
            return;
        }
        Optional<String> problem = telemetry.subscribe(extension.name, body.orElseGet(() -> new byte[0]));
        if (problem.isPresent()) {
            connection.sendError("400 Bad Request", "ValidationError", problem.get());
        } else {
            connection.send("200 OK", "", "\"OK\"".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Returns the extension that a request is of; null if there is none, which the answer says then. */
    private Extension identified(RuntimeConnection connection, ClassicHttpRequest request) throws IOException {
        String id = header(request, ID);
        if (id.isEmpty()) {
            refuse(connection, "Extension.MissingExtensionIdentifier", "Missing " + ID + " header");
            return null;
        }
        try {
            UUID uuid = UUID.fromString(id);
            for (Extension extension : extensions) {
                if (extension.id.equals(uuid) && extension.isRegistered()) {
                    return extension;
                }
            }
            refuse(connection, "Extension.UnknownExtensionIdentifier", "Unknown extension " + uuid);
        } catch (IllegalArgumentException e) {
            refuse(connection, "Extension.InvalidExtensionIdentifier", "Invalid " + ID);
        }
        return null;
    }

    private static String header(ClassicHttpRequest request, String name) {
        Header header = request.getFirstHeader(name);
        return header == null || header.getValue() == null
                ? ""
                : header.getValue().strip();
    }

    private static void refuseState(RuntimeConnection connection, Extension extension, State to, String who)
            throws IOException {
        refuse(
                connection,
                INVALID_STATE,
                "State transition from " + extension.state.text + " to " + to.text + " failed for extension " + who
                        + ". Error: State transition is not allowed");
    }

    private static void refuse(RuntimeConnection connection, String type, String message) throws IOException {
        connection.sendError("403 Forbidden", type, message);
    }
}
