package io.github.lambdashell.config.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.lambdashell.config.tree.ConfigFile.MalformedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML as a tree of {@link ConfigNode}s. Aliases and merge keys ({@code <<}) are resolved. */
final class YamlTree {
    /** Maximum number of nodes with all aliases expanded: a few lines of aliases can expand to millions. */
    private static final int MAX_NODES = 100_000;

    private static final int MAX_DEPTH = 50;

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private final String fileName;
    private final Set<String> jsonKeys;
    /** The collections that contain the current node. */
    private final List<Node> open = new ArrayList<>();

    private int count;
    /** The place of the current child of the root, used in messages about expanded aliases. */
    private String current;

    YamlTree(String fileName, Set<String> jsonKeys) {
        this.fileName = fileName;
        this.jsonKeys = jsonKeys;
    }

    /** Reads a document; returns empty if the text has none. */
    Optional<ConfigFile.Root> read(String text, String name) throws MalformedException {
        Node root = YamlNodes.compose(fileName, text).orElse(null);
        if (root == null) {
            return Optional.empty();
        }
        String place = place(root.getStartMark());
        return Optional.of(new ConfigFile.Root(nodes(root, name, place), root instanceof SequenceNode, place));
    }

    /** Returns a value's nodes: one, or one for each item of a list. */
    private List<ConfigNode> nodes(Node node, String name, String place) throws MalformedException {
        if (open.size() <= 1) {
            current = place;
        }
        if (jsonKeys.contains(name) && !(node instanceof ScalarNode)) {
            return List.of(new ConfigNode(name, json(node).toString(), List.of(), place));
        }
        count();
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue();
            return List.of(new ConfigNode(name, text, List.of(), place));
        }
        open(node, place);
        List<ConfigNode> nodes = node instanceof MappingNode map
                ? List.of(new ConfigNode(name, null, members(map), place))
                : items((SequenceNode) node, name, place);
        open.remove(open.size() - 1);
        return nodes;
    }

    private void count() throws MalformedException {
        if (++count > MAX_NODES) {
            throw new MalformedException(
                    current, "the file has more than " + MAX_NODES + " elements with its aliases", null);
        }
    }

    private void open(Node node, String place) throws MalformedException {
        if (open.stream().anyMatch(outer -> outer == node)) {
            throw new MalformedException(place, "an alias refers to an element that contains it", null);
        }
        if (open.size() == MAX_DEPTH) {
            throw new MalformedException(current, "elements are nested more than " + MAX_DEPTH + " levels deep", null);
        }
        open.add(node);
    }

    /**
     * Returns a value as JSON. An unquoted true, false, null or JSON number is that; any other scalar is a text as it is
     * written.
     */
    private JsonNode json(Node node) throws MalformedException {
        count();
        if (node instanceof ScalarNode scalar) {
            return json(scalar);
        }
        open(node, place(node.getStartMark()));
        JsonNode json;
        if (node instanceof MappingNode map) {
            json = object(map);
        } else {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            for (Node item : ((SequenceNode) node).getValue()) {
                items.add(json(item));
            }
            json = items;
        }
        open.remove(open.size() - 1);
        return json;
    }

    private static JsonNode json(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return NullNode.getInstance();
        }
        if (scalar.getTag().equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        // YAML 1.1 takes a number with an exponent but without a point for a text.
        boolean number =
                Set.of(Tag.INT, Tag.FLOAT).contains(scalar.getTag()) || scalar.isPlain() && text.matches(".*[eE].*");
        return number && JSON_NUMBER.matcher(text).matches()
                ? DecimalNode.valueOf(new BigDecimal(text))
                : TextNode.valueOf(text);
    }

    private ObjectNode object(MappingNode map) throws MalformedException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        List<JsonNode> merged = new ArrayList<>();
        for (NodeTuple tuple : map.getValue()) {
            ScalarNode key = key(tuple);
            JsonNode value = json(tuple.getValueNode());
            if (key.getTag().equals(Tag.MERGE)) {
                (value.isArray() ? value : List.of(value)).forEach(merged::add);
            } else if (object.putIfAbsent(key.getValue(), value) != null) {
                throw new MalformedException(place(key.getStartMark()), key.getValue() + " may occur only once", null);
            }
        }
        for (JsonNode other : merged) {
            other.properties().forEach(member -> object.putIfAbsent(member.getKey(), member.getValue()));
        }
        return object;
    }

    private ScalarNode key(NodeTuple tuple) throws MalformedException {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
            return key;
        }
        throw new MalformedException(place(tuple.getKeyNode().getStartMark()), "a key must be a text", null);
    }

    private List<ConfigNode> members(MappingNode map) throws MalformedException {
        List<ConfigNode> members = new ArrayList<>();
        List<ConfigNode> merged = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (NodeTuple tuple : map.getValue()) {
            String place = place(tuple.getKeyNode().getStartMark());
            ScalarNode key = key(tuple);
            if (!names.add(key.getValue())) {
                throw new MalformedException(place, key.getValue() + " may occur only once", null);
            }
            boolean merge = key.getTag().equals(Tag.MERGE);
            (merge ? merged : members).addAll(nodes(tuple.getValueNode(), key.getValue(), place));
        }
        // The map's own keys have precedence, then those of the first merged map.
        for (ConfigNode other : merged) {
            if (other.children().isEmpty()) {
                throw new MalformedException(other.place(), "<< must be a map or a list of maps", null);
            }
            Set<String> earlier = new HashSet<>(names);
            for (ConfigNode member : other.children()) {
                if (!earlier.contains(member.name())) {
                    members.add(member);
                    names.add(member.name());
                }
            }
        }
        return members;
    }

    private List<ConfigNode> items(SequenceNode list, String name, String listPlace) throws MalformedException {
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            String place = place(item.getStartMark());
            if (item instanceof SequenceNode) {
                throw new MalformedException(place, "a list must not contain a list", null);
            }
            items.addAll(nodes(item, name, place));
        }
        return items.isEmpty() ? List.of(new ConfigNode(name, null, List.of(), listPlace)) : items;
    }

    private String place(Mark mark) {
        return YamlNodes.place(fileName, mark);
    }
}
