package io.github.lambdashell.target.local.extensions;

import static io.github.lambdashell.target.local.extensions.Extension.INVOKE;
import static io.github.lambdashell.target.local.extensions.Extension.SHUTDOWN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.target.local.extensions.Extension.State;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.isolation.ExtensionPrograms;
import io.github.lambdashell.target.local.runtimeapi.RuntimeConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;

/** The operations of the Extensions API and the Telemetry API. */
final class ExtensionsApi {
    private static final String BASE = "/2020-01-01/extension/";
    private static final String ID = "Lambda-Extension-Identifier";
    private static final String ERROR_TYPE = "Lambda-Extension-Function-Error-Type";
    private static final String INVALID_STATE = "Extension.InvalidExtensionState";
    private static final String OK = "{\"status\":\"OK\"}\n";
    private static final int MAX_BODY = 1024 * 1024;

    private final FunctionDefinition function;
    private final List<Extension> extensions;
    private final Telemetry telemetry;
    private boolean isRegistrationOpen;

    /** @param extensions those of the sandbox, to which internal ones are added */
    ExtensionsApi(FunctionDefinition function, List<Extension> extensions, Telemetry telemetry) {
        this.function = function;
        this.extensions = extensions;
        this.telemetry = telemetry;
    }

    /** Sets whether internal extensions may register. */
    void acceptRegistrations(boolean value) {
        isRegistrationOpen = value;
    }

    /** Serves a request; returns false for one of another API. */
    boolean receive(RuntimeConnection connection, ClassicHttpRequest request) throws IOException {
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
        extension.deliver();
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
