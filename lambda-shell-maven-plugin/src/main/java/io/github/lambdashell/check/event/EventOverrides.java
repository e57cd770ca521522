package io.github.lambdashell.check.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.expect.JsonValue;
import io.github.lambdashell.config.Suggestion;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Replaces members of an event; {@link Event#with} describes the rules. */
final class EventOverrides {
    private static final Configuration VALUES = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(Event.MAPPER))
            .mappingProvider(new JacksonMappingProvider(Event.MAPPER))
            .build();

    private static final Configuration PATHS = VALUES.addOptions(Option.AS_PATH_LIST, Option.SUPPRESS_EXCEPTIONS);

    private EventOverrides() {}

    /** Applies overrides to an event, which is changed. */
    static JsonNode apply(JsonNode event, Map<String, String> overrides) {
        DocumentContext members = JsonPath.using(VALUES).parse(event);
        overrides.forEach((path, value) -> {
            Set<String> known = paths(event, "$..*");
            Set<String> found = paths(event, JsonValue.valid(path));
            // JsonPath also finds the event itself, and indexes that an array does not have.
            if (found.isEmpty() || !known.containsAll(found)) {
                throw new IllegalArgumentException("has the path " + Text.apostrophes(path)
                        + ", which matches no member; "
                        + hint(
                                dotted(path),
                                known.stream().map(EventOverrides::dotted).toList(),
                                members));
            }
            members.map(path, (present, configuration) -> value(path, Event.MAPPER.valueToTree(present), value));
        });
        return event;
    }

    /** Returns the paths of the members that a path matches. */
    private static Set<String> paths(JsonNode event, String path) {
        Set<String> found = new LinkedHashSet<>();
        JsonNode paths = JsonPath.using(PATHS).parse(event).read(path);
        // A path that calls a function has none.
        if (paths != null) {
            paths.forEach(member -> found.add(member.textValue()));
        }
        return found;
    }

    /** Returns the same path with dots before names, as users write it. */
    private static String dotted(String path) {
        return path.replaceAll("\\['([A-Za-z_]\\w*)']", ".$1");
    }

    /** Names the nearest member: a similar path, a similar name elsewhere, or what the last object on the path has. */
    private static String hint(String path, List<String> known, DocumentContext members) {
        Optional<String> nearest = Suggestion.nearest(path, known).or(() -> Suggestion.nearest(
                        lastName(path),
                        known.stream().map(EventOverrides::lastName).toList())
                .flatMap(name -> known.stream()
                        .filter(other -> lastName(other).equals(name))
                        .findFirst()));
        if (nearest.isPresent()) {
            return "did you mean '" + nearest.get() + "'?";
        }
        String parent = known.stream()
                .filter(other -> path.startsWith(other + ".") || path.startsWith(other + "["))
                .max(Comparator.comparingInt(String::length))
                .orElse("$");
        JsonNode node = members.read(parent);
        if (node.isArray()) {
            return parent + " has " + Text.count(node.size(), "element");
        }
        if (node.isEmpty()) {
            return parent + " is of type " + kind(node);
        }
        return parent + " has the members "
                + node.propertyStream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
    }

    private static String lastName(String path) {
        return path.replaceAll("\\[\\d+]$", "").replaceFirst(".*[.\\[]", "");
    }

    private static JsonNode value(String path, JsonNode present, String value) {
        if (value == null) {
            return NullNode.getInstance();
        }
        if (present.isTextual()) {
            return TextNode.valueOf(value);
        }
        try {
            return Event.tree(value);
        } catch (JsonProcessingException e) {
            if (present.isNull()) {
                return TextNode.valueOf(value);
            }
            throw new IllegalArgumentException(
                    "must set " + path + ", of type " + kind(present) + ", to JSON, but the value is "
                            + Text.apostrophes(value) + "; a text needs quotes, such as \"hello\"",
                    e);
        }
    }

    private static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
