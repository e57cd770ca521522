package io.github.lambdashell.config.tree;

import io.github.lambdashell.config.tree.ConfigFile.MalformedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private final String fileName;
    /** The collections that contain the current node. */
    private final List<Node> open = new ArrayList<>();

    private int count;
    /** The place of the current child of the root, used in messages about expanded aliases. */
    private String current;

    YamlTree(String fileName) {
        this.fileName = fileName;
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
        if (++count > MAX_NODES) {
            throw new MalformedException(
                    current, "the file has more than " + MAX_NODES + " elements with its aliases", null);
        }
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue();
            return List.of(new ConfigNode(name, text, List.of(), place));
        }
        if (open.stream().anyMatch(outer -> outer == node)) {
            throw new MalformedException(place, "an alias refers to an element that contains it", null);
        }
        if (open.size() == MAX_DEPTH) {
            throw new MalformedException(current, "elements are nested more than " + MAX_DEPTH + " levels deep", null);
        }
        open.add(node);
        List<ConfigNode> nodes = node instanceof MappingNode map
                ? List.of(new ConfigNode(name, null, members(map), place))
                : items((SequenceNode) node, name, place);
        open.remove(open.size() - 1);
        return nodes;
    }

    private List<ConfigNode> members(MappingNode map) throws MalformedException {
        List<ConfigNode> members = new ArrayList<>();
        List<ConfigNode> merged = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (NodeTuple tuple : map.getValue()) {
            String place = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new MalformedException(place, "a key must be a text", null);
            }
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
