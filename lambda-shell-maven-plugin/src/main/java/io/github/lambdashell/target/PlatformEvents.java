package io.github.lambdashell.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Platform events, which Lambda writes to the log of a function with {@code LogFormat: JSON} instead of lines of text.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html">their members</a>
 */
public final class PlatformEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "platform.";

    private PlatformEvents() {}

    /**
     * Replaces the events that have figures by the lines that Lambda writes to a log in plain text; all other lines
     * remain unchanged.
     *
     * @param log lines of a function's log, not null
     */
    public static String asText(String log) {
        return log.contains(PREFIX) ? log.lines().map(PlatformEvents::line).collect(Collectors.joining("\n")) : log;
    }

    private static String line(String line) {
        if (!line.startsWith("{") || !line.contains(PREFIX)) {
            return line;
        }
        JsonNode event;
        try {
            event = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            // The beginning of a log's tail is cut off.
            return line;
        }
        JsonNode entry = event.path("record");
        return switch (event.path("type").asText()) {
            case "platform.initStart" ->
                "INIT_START Runtime Version: " + entry.path("runtimeVersion").asText() + "\tRuntime Version ARN: "
                        + entry.path("runtimeVersionArn").asText();
            case "platform.initReport" -> "INIT_REPORT " + millis(entry, "Init Duration", "durationMs") + status(entry);
            case "platform.restoreReport" ->
                "RESTORE_REPORT " + millis(entry, "Restore Duration", "durationMs") + status(entry);
            case "platform.report" -> report(entry);
            default -> line;
        };
    }

    private static String report(JsonNode entry) {
        return "REPORT RequestId: " + entry.path("requestId").asText() + "\t" + millis(entry, "Duration", "durationMs")
                + millis(entry, "Billed Duration", "billedDurationMs")
                + megabytes(entry, "Memory Size", "memorySizeMB")
                + megabytes(entry, "Max Memory Used", "maxMemoryUsedMB")
                + millis(entry, "Init Duration", "initDurationMs")
                + millis(entry, "Restore Duration", "restoreDurationMs")
                + millis(entry, "Billed Restore Duration", "billedRestoreDurationMs")
                + status(entry);
    }

    private static String millis(JsonNode entry, String name, String member) {
        JsonNode value = entry.path("metrics").path(member);
        if (!value.isNumber()) {
            return "";
        }
        String number =
                value.isIntegralNumber() ? value.asText() : String.format(Locale.ROOT, "%.2f", value.asDouble());
        return name + ": " + number + " ms\t";
    }

    private static String megabytes(JsonNode entry, String name, String member) {
        JsonNode value = entry.path("metrics").path(member);
        return value.isNumber() ? name + ": " + value.asInt() + " MB\t" : "";
    }

    private static String status(JsonNode entry) {
        String status = entry.path("status").asText("success");
        String type = entry.path("errorType").asText("");
        return status.equals("success") ? "" : "Status: " + status + (type.isEmpty() ? "" : "\tError Type: " + type);
    }
}
