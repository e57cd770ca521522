package io.github.lambdashell.function;

import io.github.lambdashell.function.state.ShellState;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The members of a JSON object, by name and with the type that each must have. A null counts as absent. */
final class Members {
    private final Map<?, ?> values;

    private Members(Map<?, ?> values) {
        this.values = values;
    }

    /**
     * @param value what was read
     * @param what names it in the message
     * @throws RefusalException when it is no object
     */
    static Members of(Object value, String what) throws RefusalException {
        if (!(value instanceof Map)) {
            throw RefusalException.badRequest(what + " must be a JSON object");
        }
        return new Members((Map<?, ?>) value);
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    /** Returns whether the response is to be in frames. */
    boolean isFrames() throws RefusalException {
        String accept = text("accept");
        if (accept != null && !accept.equals("frames") && !accept.equals("json")) {
            throw RefusalException.badRequest("`accept` must be `frames` or `json`");
        }
        return "frames".equals(accept);
    }

    /** Returns an object that is required. */
    Members object(String name) throws RefusalException {
        return of(values.get(name), "`" + name + "`");
    }

    /** Returns a text; null when absent. */
    String text(String name) throws RefusalException {
        return value(name, String.class, "a string", null);
    }

    /** Returns a flag; false when absent. */
    boolean flag(String name) throws RefusalException {
        return value(name, Boolean.class, "true or false", false);
    }

    /** Returns milliseconds, at least 1; {@link Long#MAX_VALUE} when absent. */
    long millis(String name) throws RefusalException {
        long millis = value(name, Number.class, "a number", Long.MAX_VALUE).longValue();
        if (millis < 1) {
            throw RefusalException.badRequest("`" + name + "` must be at least 1");
        }
        return millis;
    }

    /** Returns a whole number that is at least {@code min}. */
    int number(String name, int min, int absent) throws RefusalException {
        double number = value(name, Number.class, "a number", absent).doubleValue();
        if (number < min || number > 1_000_000 || number != Math.rint(number)) {
            throw RefusalException.badRequest("`" + name + "` must be a whole number from " + min + " to 1000000");
        }
        return (int) number;
    }

    /** Returns the decoded base64 text; no bytes when absent. */
    byte[] bytes(String name) throws RefusalException {
        try {
            return Base64.getDecoder().decode(value(name, String.class, "a string", ""));
        } catch (IllegalArgumentException e) {
            throw RefusalException.badRequest("`" + name + "` is not base64");
        }
    }

    /** Returns the state from an earlier result; null when absent. */
    ShellState state(String name) throws RefusalException {
        try {
            return has(name) ? ShellState.of(text(name)) : null;
        } catch (IllegalArgumentException e) {
            throw RefusalException.badRequest("`" + name + "` is not the state of an earlier result");
        }
    }

    /** Returns names and values, null for a variable that is to be removed; empty when absent. */
    Map<String, String> environment(String name) throws RefusalException {
        Map<String, String> changes = new LinkedHashMap<>();
        Map<?, ?> variables = value(name, Map.class, "an object", Map.of());
        for (Map.Entry<?, ?> entry : variables.entrySet()) {
            String variable = (String) entry.getKey();
            Object text = entry.getValue();
            if (text != null && !(text instanceof String)) {
                throw RefusalException.badRequest("`" + name + "." + variable + "` must be a string or null");
            }
            if (variable.isEmpty() || variable.indexOf('=') >= 0 || hasNul(variable) || hasNul((String) text)) {
                throw RefusalException.badRequest("`" + name
                        + "`: a variable's name must not be empty or hold `=`, and neither it nor its value a"
                        + " NUL");
            }
            changes.put(variable, (String) text);
        }
        return changes;
    }

    /** Returns objects; none when absent. */
    List<Members> objects(String name) throws RefusalException {
        List<Members> objects = new ArrayList<>();
        for (Object element : value(name, List.class, "an array", List.of())) {
            objects.add(of(element, "a member of `" + name + "`"));
        }
        return objects;
    }

    static boolean hasNul(String text) {
        return text != null && text.indexOf('\0') >= 0;
    }

    private <T> T value(String name, Class<T> type, String description, T absent) throws RefusalException {
        Object value = values.get(name);
        if (value == null) {
            return absent;
        }
        if (!type.isInstance(value)) {
            throw RefusalException.badRequest("`" + name + "` must be " + description);
        }
        return type.cast(value);
    }
}
