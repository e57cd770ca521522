package io.github.lambdashell.function.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes maps with text keys, lists, strings, numbers, booleans and null as JSON, in UTF-8. */
public final class JsonWriter {
    private final StringBuilder json = new StringBuilder();

    private JsonWriter() {}

    /**
     * @param value a {@link Map}, {@link List}, {@link String}, {@link Boolean}, finite {@link Number} or null, and
     *     inside of it the same
     */
    public static byte[] write(Object value) {
        JsonWriter writer = new JsonWriter();
        writer.value(value);
        return writer.json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(Object value) {
        if (value instanceof Map<?, ?>) {
            char before = '{';
            for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
                json.append(before);
                string((String) member.getKey());
                json.append(':');
                value(member.getValue());
                before = ',';
            }
            json.append(before == '{' ? "{}" : "}");
        } else if (value instanceof List<?>) {
            char before = '[';
            for (Object element : (List<?>) value) {
                json.append(before);
                value(element);
                before = ',';
            }
            json.append(before == '[' ? "[]" : "]");
        } else if (value instanceof String) {
            string((String) value);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private void string(String characters) {
        json.append('"');
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            int shorthand = "\"\\\n\t\r".indexOf(c);
            if (shorthand >= 0) {
                json.append('\\').append("\"\\ntr".charAt(shorthand));
            } else if (c < ' ' || isAlone(characters, i)) {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /** Half of a surrogate pair has no UTF-8 form, only an escaped one. */
    private static boolean isAlone(String characters, int index) {
        char c = characters.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == characters.length() || !Character.isLowSurrogate(characters.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(characters.charAt(index - 1)));
    }
}
