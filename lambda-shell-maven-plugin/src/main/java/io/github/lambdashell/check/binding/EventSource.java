package io.github.lambdashell.check.binding;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.protocol.HandlerEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An event as users specify it: JSON, or the path of a file with it.
 *
 * @param payload the event, not null
 * @param shown the event for a person, not null
 */
public record EventSource(byte[] payload, String shown) {
    /** Takes the place of an event that can't be used. */
    static final EventSource UNUSABLE = new EventSource(new byte[0], "");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern SCALAR = Pattern.compile("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Set<String> SAMPLE_KEYS = Set.of("sample", "set");
    private static final int MAX_SHOWN = 100;

    /**
     * Reads an event. A text that begins with a brace, a bracket or a double quote, and one that is a number, {@code true},
     * {@code false} or {@code null}, is JSON; any other is a path.
     *
     * @param directory the base of a relative path
     * @throws IllegalArgumentException whose message follows the element's name
     */
    public static EventSource of(String text, Path directory) {
        if (!isJson(text)) {
            return file(text.strip(), directory);
        }
        JsonNode json = parse(text);
        if (isSample(json)) {
            return sample(json);
        }
        return new EventSource(limited(text.strip().getBytes(StandardCharsets.UTF_8)), shown(text));
    }

    /** Returns the event as a check's name. */
    String title() {
        return shown.isEmpty() ? "" : "event " + shown;
    }

    /** Returns whether a text is JSON, be it malformed; otherwise it is a path or a plain text. */
    static boolean isJson(String text) {
        String stripped = text.strip();
        return !stripped.isEmpty() && "{[\"".indexOf(stripped.charAt(0)) >= 0
                || SCALAR.matcher(stripped).matches();
    }

    /**
     * Parses JSON.
     *
     * @throws IllegalArgumentException whose message follows the element's name
     */
    static JsonNode parse(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonNode json = parser.readValueAsTree();
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "unexpected content after the value");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "is not JSON in line " + e.getLocation().getLineNr() + ": "
                            + Text.line(e.getOriginalMessage().replaceFirst(" \\(start marker .*", "")),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("can't be read: " + e, e);
        }
    }

    /** Returns a text as JSON: itself, or a string. */
    static JsonNode value(String text) {
        return isJson(text) ? parse(text) : TextNode.valueOf(text);
    }

    private static boolean isSample(JsonNode json) {
        return json.path("sample").isTextual()
                && SAMPLE_KEYS.containsAll(json.properties().stream()
                        .map(member -> member.getKey())
                        .toList());
    }

    /** Returns a ready event: {@code sample} is its name, {@code set} has the new values of members by JSONPath. */
    static EventSource sample(JsonNode json) {
        throw new IllegalArgumentException(
                "has no sample " + Text.apostrophes(json.path("sample").asText()));
    }

    private static EventSource file(String name, Path directory) {
        try {
            Path file = directory.resolve(name).normalize();
            if (!Files.exists(file)) {
                throw new IllegalArgumentException(
                        "is not found: " + file + "; specify a file with JSON, or JSON itself");
            }
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("must be a file, but " + file + " is not");
            }
            return new EventSource(limited(Files.readAllBytes(file)), name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is neither JSON nor a path: " + Text.apostrophes(name), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("can't be read: " + e, e);
        }
    }

    private static byte[] limited(byte[] payload) {
        if (payload.length > HandlerEvent.MAX_BYTES) {
            throw new IllegalArgumentException("must have up to " + HandlerEvent.MAX_BYTES
                    + " bytes, which is Lambda's limit, but has " + payload.length);
        }
        return payload;
    }

    /** Returns JSON on one line, shortened. */
    private static String shown(String json) {
        return Text.line(
                String.join(" ", json.strip().lines().map(String::strip).toList()), MAX_SHOWN);
    }
}
