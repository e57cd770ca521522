package io.github.lambdashell.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.lambdashell.config.ShellException;
import java.util.Set;

/** The words for an invocation that Lambda answered with an error of the function instead of its response. */
final class FunctionFailure {
    private static final int LOG_LINES = 10;
    /** Lambda's log line of an initialization that did not come to its end. */
    private static final String FAILED_INIT = "INIT_REPORT";

    private static final Set<String> INIT_ERRORS = Set.of(
            "Runtime.InitError",
            "Runtime.InvalidEntrypoint",
            "Runtime.ImportModuleError",
            "Runtime.HandlerNotFound",
            "Runtime.MalformedHandlerName",
            "Extension.Crash",
            "Extension.LaunchError",
            "java.lang.ClassNotFoundException");

    private FunctionFailure() {}

    /**
     * @param details Lambda's payload, {@code {"errorType":...,"errorMessage":...}}, or its text
     * @param log the tail of the function's log
     */
    static ShellException of(String code, String details, String log) {
        JsonNode payload = parse(details);
        String type = payload.path("errorType").asText(code);
        String message = withoutRequestId(payload.path("errorMessage").asText(details));
        if (log.contains(FAILED_INIT) || INIT_ERRORS.contains(type)) {
            return new ShellException(
                    "The function could not start, so the command did not run: " + type + ", " + message + tail(log),
                    "The runtime, its layers or the environment variables keep it from starting: see the log above;"
                            + " lshell:deploy mends a function that was changed by hand");
        }
        return switch (type) {
            case "Sandbox.Timedout" ->
                new CommandFaultException(
                        "The function ran into its timeout: " + message,
                        "Set a longer <timeout> (lshell.timeout) and deploy again; the command may have run in part");
            case "Runtime.OutOfMemory" -> outOfMemory(message);
            case "Runtime.ExitError" ->
                message.contains("signal: killed") ? outOfMemory(message) : exited(message, log);
            case "Function.ResponseSizeTooLarge" ->
                new CommandFaultException(
                        "The command's output is larger than this endpoint can return: " + message,
                        "Write it to a file and look at parts of it");
            default ->
                new ShellException(
                        "The function failed with " + type + ": " + message + tail(log),
                        "See the log above; deploying again with lshell:deploy mends a damaged function");
        };
    }

    private static ShellException outOfMemory(String message) {
        return new CommandFaultException(
                "The function was killed, most likely because it was out of memory: " + message,
                "Set a larger <memorySize> (lshell.memorySize) and deploy again; the command has run in part");
    }

    private static ShellException exited(String message, String log) {
        return new CommandFaultException(
                "The function's process ended while the command ran: " + message + tail(log),
                "See whether the command ends processes that are not its own; it has run in part");
    }

    /** Lambda puts the request's id in front, which helps nobody without a look into the log. */
    private static String withoutRequestId(String message) {
        return message.replaceFirst("^RequestId: \\S+ (?:Error: )?", "").replaceFirst("\\.$", "");
    }

    private static JsonNode parse(String details) {
        try {
            return new ObjectMapper().readTree(details);
        } catch (JsonProcessingException e) {
            // Not every failure carries JSON; the text itself is then the message.
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
