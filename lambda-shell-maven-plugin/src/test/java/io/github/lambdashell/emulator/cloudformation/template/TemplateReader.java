package io.github.lambdashell.emulator.cloudformation.template;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A reader of templates in JSON or YAML, as maps, lists and strings. Numbers and booleans remain text, because
 * CloudFormation converts them to a property's type. YAML's short tags are converted to the long form.
 */
final class TemplateReader {
    private static final Set<String> SHORT_TAGS = Set.of(
            "And",
            "Base64",
            "Equals",
            "FindInMap",
            "GetAtt",
            "If",
            "Join",
            "Not",
            "Or",
            "Select",
            "Split",
            "Sub",
            // CloudFormation supports these. The check of functions reports that the emulator does not.
            "Cidr",
            "GetAZs",
            "ImportValue",
            "Length",
            "ToJsonString",
            "Transform");

    private TemplateReader() {}

    static Object read(String text) {
        return text.stripLeading().startsWith("{") ? readJson(text) : readYaml(text);
    }

    private static Object readJson(String text) {
        try {
            JsonNode root = JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(text);
            return fromJson(root, "");
        } catch (JsonProcessingException e) {
            throw TemplateError.format(
                    "JSON not well-formed. (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")");
        }
    }

    private static Object fromJson(JsonNode node, String path) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties()
                    .forEach(field -> map.put(field.getKey(), fromJson(field.getValue(), path + '/' + field.getKey())));
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(item -> list.add(fromJson(item, path + '/' + list.size())));
            return list;
        }
        if (node.isNull() || node.isMissingNode()) {
            throw nullValue(path);
        }
        return node.asText();
    }

    private static Object readYaml(String text) {
        LoaderOptions options = new LoaderOptions();
        // CloudFormation rejects aliases; with them, a small text could also expand to a huge template.
        options.setMaxAliasesForCollections(0);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root == null) {
                throw TemplateError.format("unsupported structure.");
            }
            return fromYaml(root, "");
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw TemplateError.format(
                    "YAML not well-formed. (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")");
        } catch (YAMLException e) {
            throw TemplateError.format("YAML not well-formed. (" + e.getMessage() + ")");
        }
    }

    private static Object fromYaml(Node node, String path) {
        String tag = node.getTag().getValue();
        if (!tag.startsWith("!")) {
            return plain(node, path);
        }
        String name = tag.substring(1);
        Object argument = plain(node, path);
        if (name.equals("Ref") || name.equals("Condition")) {
            return Map.of(name, argument);
        }
        if (!SHORT_TAGS.contains(name)) {
            throw TemplateError.format("Unrecognized tag " + tag + " at [" + path + "]");
        }
        if (name.equals("GetAtt") && argument instanceof String text && text.indexOf('.') > 0) {
            int dot = text.indexOf('.');
            argument = List.of(text.substring(0, dot), text.substring(dot + 1));
        }
        return Map.of("Fn::" + name, argument);
    }

    private static Object plain(Node node, String path) {
        if (node instanceof ScalarNode scalar) {
            if (Tag.NULL.equals(scalar.getTag())) {
                throw nullValue(path);
            }
            return scalar.getValue();
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                list.add(fromYaml(item, path + '/' + list.size()));
            }
            return list;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (NodeTuple field : ((MappingNode) node).getValue()) {
            if (!(field.getKeyNode() instanceof ScalarNode key)) {
                throw TemplateError.format("[" + path + "] a key is not a text");
            }
            Object value = fromYaml(field.getValueNode(), path + '/' + key.getValue());
            if (map.put(key.getValue(), value) != null) {
                throw TemplateError.format("[" + path + "] has the key " + key.getValue() + " twice (line "
                        + (key.getStartMark().getLine() + 1) + ")");
            }
        }
        return map;
    }

    private static RuntimeException nullValue(String path) {
        return TemplateError.validation("[" + path + "] 'null' values are not allowed in templates");
    }
}
