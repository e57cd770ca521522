package io.github.lambdashell.function.handler;

import io.github.lambdashell.function.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reason why an invocation or the initialization failed, as Lambda would report it. */
final class HandlerError {
    private final String type;
    private final String message;
    private final List<?> stackTrace;

    private HandlerError(String type, String message, List<?> stackTrace) {
        this.type = type;
        this.message = message;
        this.stackTrace = stackTrace;
    }

    /** Returns an error that the platform notices. */
    static HandlerError of(String type, String message) {
        return new HandlerError(type, message, List.of());
    }

    /**
     * Returns an error that a runtime reports.
     *
     * @param type the header with the type, used if the report has none; null if absent
     * @param report usually a JSON object with {@code errorType}, {@code errorMessage} and {@code stackTrace}
     */
    static HandlerError reported(String type, byte[] report) {
        String unknown = type == null ? "Runtime.Unknown" : type;
        try {
            Object json = JsonReader.read(report);
            if (json instanceof Map) {
                Map<?, ?> members = (Map<?, ?>) json;
                Object trace = members.get("stackTrace");
                return new HandlerError(
                        text(members.get("errorType"), unknown),
                        text(members.get("errorMessage"), ""),
                        trace instanceof List ? (List<?>) trace : List.of());
            }
        } catch (ParseException e) {
            // The report is the message then.
        }
        return of(unknown, new String(report, StandardCharsets.UTF_8));
    }

    private static String text(Object value, String absent) {
        return value instanceof String ? (String) value : absent;
    }

    @Override
    public String toString() {
        return type + ": " + message;
    }

    /**
     * Returns the error for a result.
     *
     * @param invocation counts from 1; 0 is the initialization
     */
    Map<String, Object> members(int invocation) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("invocation", invocation);
        members.put("type", type);
        members.put("message", message);
        members.put("stackTrace", stackTrace);
        return members;
    }
}
