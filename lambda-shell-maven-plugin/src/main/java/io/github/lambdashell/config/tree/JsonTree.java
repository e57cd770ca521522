package io.github.lambdashell.config.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.lambdashell.config.tree.ConfigFile.MalformedException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** JSON as a tree of {@link ConfigNode}s. */
final class JsonTree {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final String fileName;
    private final Set<String> jsonKeys;

    JsonTree(String fileName, Set<String> jsonKeys) {
        this.fileName = fileName;
        this.jsonKeys = jsonKeys;
    }

    /** Reads a document; returns empty if the text has none. */
    Optional<ConfigFile.Root> read(String text, String name) throws MalformedException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            boolean list = parser.currentToken() == JsonToken.START_ARRAY;
            String place = place(parser.currentTokenLocation());
            List<ConfigNode> nodes = nodes(parser, name, place);
            if (parser.nextToken() != null) {
                throw new MalformedException(
                        place(parser.currentTokenLocation()), "the document must end before this", null);
            }
            return Optional.of(new ConfigFile.Root(nodes, list, place));
        } catch (JsonProcessingException e) {
            String problem =
                    e.getOriginalMessage().lines().findFirst().orElse("").strip();
            throw new MalformedException(place(e.getLocation()), problem, e);
        } catch (IOException e) {
            throw new MalformedException(fileName, e.toString(), e);
        }
    }

    /** Returns the current value's nodes: one, or one for each item of a list. */
    private List<ConfigNode> nodes(JsonParser parser, String name, String place)
            throws IOException, MalformedException {
        if (jsonKeys.contains(name) && parser.currentToken().isStructStart()) {
            return List.of(new ConfigNode(name, json(parser), List.of(), place));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> List.of(new ConfigNode(name, null, members(parser), place));
            case START_ARRAY -> items(parser, name, place);
            case VALUE_NULL -> List.of(new ConfigNode(name, null, List.of(), place));
            default -> List.of(new ConfigNode(name, parser.getText(), List.of(), place));
        };
    }

    private List<ConfigNode> members(JsonParser parser) throws IOException, MalformedException {
        List<ConfigNode> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String place = place(parser.currentTokenLocation());
            String name = parser.currentName();
            if (!names.add(name)) {
                throw new MalformedException(place, name + " may occur only once", null);
            }
            parser.nextToken();
            members.addAll(nodes(parser, name, place));
        }
        return members;
    }

    /** Returns the text of the current value, with numbers as they are written. */
    private String json(JsonParser parser) throws IOException, MalformedException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.enable(JsonGenerator.Feature.STRICT_DUPLICATE_DETECTION);
            int depth = 0;
            do {
                JsonToken token = parser.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isNumeric()) {
                    json.writeNumber(parser.getText());
                } else {
                    json.copyCurrentEvent(parser);
                }
            } while (depth > 0 && parser.nextToken() != null);
        } catch (JsonGenerationException e) {
            throw new MalformedException(
                    place(parser.currentTokenLocation()), parser.currentName() + " may occur only once", e);
        }
        return text.toString();
    }

    private List<ConfigNode> items(JsonParser parser, String name, String listPlace)
            throws IOException, MalformedException {
        List<ConfigNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String place = place(parser.currentTokenLocation());
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                throw new MalformedException(place, "a list must not contain a list", null);
            }
            items.addAll(nodes(parser, name, place));
        }
        return items.isEmpty() ? List.of(new ConfigNode(name, null, List.of(), listPlace)) : items;
    }

    private String place(JsonLocation location) {
        return location == null ? fileName : fileName + ":" + location.getLineNr() + ":" + location.getColumnNr();
    }
}
