package io.github.lambdashell.check.event;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lambdashell.check.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An event for a handler. The factories throw an {@link IllegalArgumentException} whose message follows the element's
 * name if it can't be used: "is not found: orders.json".
 *
 * @param json one JSON value of up to {@value #MAX_BYTES} bytes, as written; not null
 * @param origin where it is from, for messages: {@code file events/order.json}, {@code inline}, {@code sample sqs}; not
 *     null
 */
public record Event(String json, String origin) {
    /** Lambda's limit of a synchronous invocation's request. */
    public static final int MAX_BYTES = 6 * 1024 * 1024;

    private static final int MAX_TITLE = 100;
    private static final String FILE = "file ";
    private static final String INLINE = "inline";
    private static final Pattern SCALAR = Pattern.compile("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Set<String> SAMPLE_KEYS = Set.of("sample", "set");

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Jackson's advice to programmers, at the end of its messages. */
    private static final Pattern ADVICE = Pattern.compile("(?s)( \\(start marker at |: enable `).*");

    public Event {
        Objects.requireNonNull(json);
        Objects.requireNonNull(origin);
    }

    /**
     * Reads an event as users specify it. A text that begins with a brace, a bracket or a double quote, and one that is a
     * number, {@code true}, {@code false} or {@code null}, is JSON: a map with {@code sample}, and optionally {@code set},
     * is a sample event with overrides, any other JSON is the event itself. Any other text is the path of a file.
     *
     * @param directory the base of a relative path
     */
    public static Event of(String text, Path directory) {
        if (isJson(text)) {
            Event inline = inline(text.strip());
            JsonNode json = inline.tree();
            return isSample(json) ? sample(json) : inline;
        }
        String name = text.strip();
        try {
            return new Event(file(directory.resolve(name).normalize()).json, FILE + name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is neither JSON nor a path: " + Text.apostrophes(name), e);
        }
    }

    private static boolean isJson(String text) {
        String stripped = text.strip();
        return !stripped.isEmpty() && "{[\"".indexOf(stripped.charAt(0)) >= 0
                || SCALAR.matcher(stripped).matches();
    }

    private static boolean isSample(JsonNode json) {
        return json.path("sample").isTextual()
                && json.propertyStream().map(Map.Entry::getKey).allMatch(SAMPLE_KEYS::contains);
    }

    private static Event sample(JsonNode json) {
        if (json.has("set") && !json.get("set").isObject()) {
            throw new IllegalArgumentException("must have a map of JSONPaths and values as set");
        }
        Map<String, String> overrides = new LinkedHashMap<>();
        json.path("set").properties().forEach(member -> overrides.put(member.getKey(), value(member.getValue())));
        return sample(json.get("sample").textValue(), overrides);
    }

    private static String value(JsonNode node) {
        return node.isNull() ? null : node.isTextual() ? node.textValue() : node.toString();
    }

    /** Reads an event from a file. */
    public static Event file(Path file) {
        try {
            if (!Files.exists(file)) {
                throw new IllegalArgumentException(
                        "is not found: " + file + "; specify a file with JSON, or JSON itself");
            }
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("must be a file, but " + file + " is not");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw tooLarge(file + " is", Files.size(file));
            }
            String json = Files.readString(file);
            try {
                tree(json);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("must be JSON, but " + file + " is not: " + reason(e), e);
            }
            return new Event(json, FILE + file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("must be UTF-8 text, but " + file + " is not", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("can't be read: " + e, e);
        }
    }

    /** Returns an event that is written in the configuration. */
    public static Event inline(String json) {
        checkSize(json);
        try {
            tree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "must be JSON, but is " + Text.apostrophes(json) + " (" + reason(e)
                            + "); a text needs quotes, such as \"hello\"",
                    e);
        }
        return new Event(json, INLINE);
    }

    /**
     * Returns a sample event.
     *
     * @param name one of {@link SampleEvents#names()}
     * @param overrides as in {@link #with}
     */
    public static Event sample(String name, Map<String, String> overrides) {
        return new Event(SampleEvents.get(name), "sample " + name).with(overrides);
    }

    /**
     * Returns this event with other values of some members.
     *
     * <p>A member that is a string gets the value as it is, also if the value is JSON. Any other member gets a value
     * that is JSON; a null member also gets a text. A value of null sets null.
     *
     * @param overrides JSONPaths of existing members, and their values; applied in order; not null
     */
    public Event with(Map<String, String> overrides) {
        if (overrides.isEmpty()) {
            return this;
        }
        String changed = EventOverrides.apply(tree(), overrides).toString();
        checkSize(changed);
        return new Event(changed, origin + " with " + Text.count(overrides.size(), "override"));
    }

    /** Returns the request's body. */
    public byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the event for a person: its file, its sample, or the beginning of its JSON on one line. */
    public String title() {
        if (origin.equals(INLINE)) {
            return "event " + Text.line(json.strip().replaceAll("\\s*\\R\\s*", " "), MAX_TITLE);
        }
        return "event " + (origin.startsWith(FILE) ? origin.substring(FILE.length()) : origin);
    }

    private JsonNode tree() {
        try {
            return tree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("validated before", e);
        }
    }

    /** Parses one JSON value, and nothing but white space around it. */
    static JsonNode tree(String json) throws JsonProcessingException {
        try (JsonParser parser = MAPPER.createParser(json)) {
            JsonNode tree = MAPPER.readTree(parser);
            if (tree == null) {
                throw new JsonParseException(parser, "there is no value");
            }
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "unexpected content after the value");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        return place + Text.line(ADVICE.matcher(e.getOriginalMessage()).replaceFirst(""));
    }

    private static void checkSize(String json) {
        int size = json.getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_BYTES) {
            throw tooLarge("is", size);
        }
    }

    private static IllegalArgumentException tooLarge(String what, long size) {
        return new IllegalArgumentException(
                "must be up to " + MAX_BYTES + " bytes, Lambda's limit of a request, but " + what + " " + size);
    }
}
