package io.github.lambdashell.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.lambdashell.config.ShellException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Problem and remedy for an invocation that Lambda answered with an error of the function instead of its response. */
public final class FunctionFailure {
    private static final int LOG_LINES = 10;

    /** The log line that Lambda writes after a failed initialization; in JSON, it also reports successful ones. */
    private static final Pattern FAILED_INIT = Pattern.compile("(?m)^INIT_REPORT .*Status: ");

    private static final Set<String> INIT_ERRORS = Set.of(
            "Runtime.InitError",
            "Runtime.InvalidEntrypoint",
            "Runtime.ImportModuleError",
            "Runtime.HandlerNotFound",
            "Runtime.MalformedHandlerName",
            "Extension.InitError",
            "Extension.LaunchError",
            "java.lang.ClassNotFoundException");

    private static final String FOREIGN_PROCESSES =
            "Check whether the command ends processes other than its own; it has run in part";

    private static final ObjectMapper JSON = new ObjectMapper();

    private FunctionFailure() {}

    /**
     * Returns the failure in the user's terms.
     *
     * @param code Lambda's error code, used if the details contain no type, not null
     * @param details Lambda's payload, {@code {"errorType":...,"errorMessage":...}}, or plain text, not null
     * @param log the end of the function's log, not null
     */
    public static ShellException of(String code, String details, String log) {
        JsonNode payload = parse(details);
        String type = payload.path("errorType").asText(code);
        String message = withoutRequestId(payload.path("errorMessage").asText(details));
        if (FAILED_INIT.matcher(log).find() || INIT_ERRORS.contains(type)) {
            return new ShellException(
                    "The function could not start, so the command did not run: " + type + ", " + message + tail(log),
                    "Check the runtime, its layers and the environment variables against the log above; lshell:deploy"
                            + " repairs a function that was changed by hand");
        }
        return switch (type) {
            case "Sandbox.Timedout" ->
                new CommandFaultException(
                        "The function timed out: " + message,
                        "Set a longer <timeout> (lshell.timeout) and deploy again; the command may have run in part");
            case "Runtime.OutOfMemory" -> outOfMemory(message);
            case "Runtime.ExitError" -> exited(message, log);
            case "Extension.Crash", "Extension.ExitError" ->
                new ShellException(
                        "An extension of the function failed: " + type + ", " + message + tail(log),
                        "Check the extension's output in the log above; the command may have run in part");
            case "Function.ResponseSizeTooLarge" ->
                new CommandFaultException(
                        "The command's output is larger than this endpoint can return: " + message,
                        "Write it to a file and print parts of it");
            default ->
                new ShellException(
                        "The function failed with " + type + ": " + message + tail(log),
                        "Check the log above; lshell:deploy repairs a damaged function");
        };
    }

    /** Returns the failure of a runtime that exited; the REPORT line shows whether it was killed for its memory. */
    private static ShellException exited(String message, String log) {
        if (!message.contains("signal: killed")) {
            return new CommandFaultException(
                    "The function's process ended while the command ran: " + message + tail(log), FOREIGN_PROCESSES);
        }
        Optional<InvocationReport> report = ReportLine.parse(log);
        if (report.filter(line -> line.maxMemoryUsed() >= line.memorySize()).isPresent()) {
            return outOfMemory("it used all of its " + report.get().memorySize() + " MB");
        }
        String used = report.map(line -> ", after using " + line.maxMemoryUsed() + " of " + line.memorySize() + " MB")
                .orElse("");
        return new CommandFaultException(
                "The function was killed while the command ran: " + message + used, FOREIGN_PROCESSES);
    }

    private static ShellException outOfMemory(String reason) {
        return new CommandFaultException(
                "The function ran out of memory: " + reason,
                "Set a larger <memorySize> (lshell.memorySize) and deploy again; the command has run in part");
    }

    /** Removes the request's id, which is useless without the log. */
    private static String withoutRequestId(String message) {
        return message.replaceFirst("^RequestId: \\S+ (?:Error: )?", "").replaceFirst("\\.$", "");
    }

    private static JsonNode parse(String details) {
        try {
            return JSON.readTree(details);
        } catch (JsonProcessingException e) {
            // Not every failure is JSON; the text itself is then the message.
            return MissingNode.getInstance();
        }
    }

    private static String tail(String log) {
        String[] lines = log.strip().split("\n");
        StringBuilder tail = new StringBuilder();
        for (int i = Math.max(0, lines.length - LOG_LINES); i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                tail.append("\n    ").append(lines[i].stripTrailing());
            }
        }
        return tail.isEmpty() ? "" : "\n  The end of its log:" + tail + "\n ";
    }
}
