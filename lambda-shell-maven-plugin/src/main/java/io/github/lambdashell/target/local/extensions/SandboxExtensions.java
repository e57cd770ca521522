package io.github.lambdashell.target.local.extensions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.isolation.Container;
import io.github.lambdashell.target.local.isolation.ExtensionPrograms;
import io.github.lambdashell.target.local.runtimeapi.Extensions;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import io.github.lambdashell.target.local.runtimeapi.RuntimeConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;

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

    /** How long subscribers have to receive what happened before the sandbox's end. */
    private static final Duration FLUSH_LIMIT = Duration.ofMillis(300);

    private final FunctionDefinition function;
    private final ExtensionPrograms programs;
    private final Telemetry telemetry;
    private final List<Extension> extensions = new ArrayList<>();
    private final ExtensionsApi api;
    private boolean isInitialized;
    private boolean isShuttingDown;
    /** The one that the runtime works on, as far as the extensions know; null without one. */
    private Invocation invocation;

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
        api = new ExtensionsApi(function, extensions, telemetry);
    }

    /** Sets the sandbox in which they run. */
    public void runIn(Container container) {
        telemetry.runIn(container);
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
                        && extension.events.contains(Extension.SHUTDOWN)
                        && (extension.state == Extension.State.READY || extension.state == Extension.State.RUNNING));
    }

    @Override
    public void reset() {
        extensions.clear();
        telemetry.begin();
        api.acceptRegistrations(true);
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
                extension.state = Extension.State.LAUNCH_ERROR;
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
            extension.state = Extension.State.LAUNCH_ERROR;
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
                .filter(state -> state == Extension.State.INIT_ERROR || state == Extension.State.EXIT_ERROR)
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
                || extensions.stream()
                        .allMatch(extension -> extension.state == Extension.State.READY && extension.event == null);
    }

    @Override
    public boolean haveFailed() {
        return !extensions.isEmpty() && extensions.stream().anyMatch(extension -> extension.exit != null);
    }

    @Override
    public void runtimeIsInitialized() {
        api.acceptRegistrations(false);
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
                .put("eventType", Extension.INVOKE)
                .put("deadlineMs", next.deadline().toEpochMilli())
                .put("requestId", next.requestId())
                .put("invokedFunctionArn", next.functionArn());
        offer(Extension.INVOKE, event.set("tracing", tracing(next)));
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
                Extension.SHUTDOWN,
                Json.object()
                        .put("eventType", Extension.SHUTDOWN)
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
                extension.deliver();
            }
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
        return api.receive(connection, request);
    }
}
