package io.github.lambdashell.invoke;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.lambdashell.config.ShellException;

/** The words for an invocation that Lambda answered with an error of the function instead of its response. */
final class FunctionFailure {
    private static final int LOG_LINES = 10;

    private FunctionFailure() {}

    /**
     * @param details Lambda's payload, {@code {"errorType":...,"errorMessage":...}}, or its text
     * @param log the tail of the function's log
     */
    static ShellException of(String code, String details, String log) {
        JsonNode payload = parse(details);
        String type = payload.path("errorType").asText(code);
        String message = payload.path("errorMessage").asText(details);
        return switch (type) {
            case "Sandbox.Timedout" ->
                new ShellException(
                        "The function ran into its timeout: " + message,
                        "Set a longer <timeout> (lshell.timeout) and deploy again; the command may have run in part");
            case "Runtime.ExitError", "Runtime.OutOfMemory" ->
                new ShellException(
                        "The function's process ended: " + message + tail(log),
                        message.contains("signal: killed")
                                ? "It was most likely out of memory: set a larger <memorySize> (lshell.memorySize)"
                                : "See the log above; the runtime, its layers or the environment variables keep it from"
                                        + " running");
            case "Function.ResponseSizeTooLarge" ->
                new ShellException(
                        "The command's output is larger than this endpoint can return: " + message,
                        "Write it to a file and look at parts of it");
            default ->
                new ShellException(
                        "The function failed with " + type + ": " + message + tail(log),
                        "See the log above; deploying again with lshell:deploy mends a damaged function");
        };
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
