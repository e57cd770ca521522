package io.github.lambdashell.check.learn;

import io.github.lambdashell.config.tree.ConfigFile;
import io.github.lambdashell.config.tree.YamlNodes;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The text of a commandsFile in YAML, to which a check is appended as text: nothing of it changes otherwise. */
final class CommandsText {
    private static final String COMMANDS = "commands";
    private static final String INDENT = "  ";

    private final String text;
    private final String lineEnd;

    private CommandsText(String text) {
        this.text = text;
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** A reason why a check can't be appended; the message follows the file's name. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Returns the text with an item at the end of its list of commands.
     *
     * @param fileName the name for messages
     * @param text the text; empty for a new file
     * @param item an item of a list, which ends with a newline
     */
    static String append(String fileName, String text, String item)
            throws RefusedException, ConfigFile.MalformedException {
        Optional<Node> root = YamlNodes.compose(fileName, text);
        CommandsText commands = new CommandsText(text);
        if (root.isEmpty()) {
            return commands.insert(text.length(), COMMANDS + ":\n" + indented(item, INDENT), false);
        }
        String appended = commands.append(root.get(), item);
        if (!commands.isUnchanged(root.get(), fileName, appended)) {
            throw new RefusedException("has a form to which nothing can be appended without changing it");
        }
        return appended;
    }

    private String append(Node root, String item) throws RefusedException {
        if (root instanceof SequenceNode list) {
            return inList(list, text.length(), item);
        }
        if (root instanceof MappingNode map && map.getFlowStyle() == FlowStyle.BLOCK) {
            return inMap(map, item);
        }
        throw new RefusedException(
                root instanceof MappingNode ? "is a map in braces" : "is neither a list nor a map of commands");
    }

    /** Returns whether a text has all that was there, and one command more. */
    private boolean isUnchanged(Node before, String fileName, String appended) {
        try {
            Node after = YamlNodes.compose(fileName, appended).orElseThrow();
            return before instanceof SequenceNode
                    ? hasOneMore(before, after)
                    : isUnchanged((MappingNode) before, (MappingNode) after);
        } catch (ConfigFile.MalformedException e) {
            return false;
        }
    }

    private boolean isUnchanged(MappingNode before, MappingNode after) {
        int added = 0;
        int shared = 0;
        for (NodeTuple key : after.getValue()) {
            NodeTuple old =
                    shared < before.getValue().size() ? before.getValue().get(shared) : null;
            boolean isCommands = key.getKeyNode() instanceof ScalarNode name
                    && name.getValue().equals(COMMANDS);
            boolean isOld = old != null && same(old.getKeyNode(), key.getKeyNode());
            if (isCommands) {
                added++;
                if (isOld && !hasOneMore(old.getValueNode(), key.getValueNode())) {
                    return false;
                }
            } else if (!isOld || !same(old.getValueNode(), key.getValueNode())) {
                return false;
            }
            shared += isOld ? 1 : 0;
        }
        return added == 1 && shared == before.getValue().size();
    }

    private boolean hasOneMore(Node before, Node after) {
        List<Node> old = before instanceof SequenceNode list ? list.getValue() : List.of();
        return after instanceof SequenceNode list
                && list.getValue().size() == old.size() + 1
                && same(old, list.getValue().subList(0, old.size()));
    }

    private boolean same(Node a, Node b) {
        return new Comparison(!text.endsWith("\n")).equal(a, b, false);
    }

    private boolean same(List<Node> a, List<Node> b) {
        return new Comparison(!text.endsWith("\n")).equal(a, b, true);
    }

    /** A comparison of nodes; those that aliases refer to are compared once. */
    private static final class Comparison {
        private static final Set<String> SHELL = Set.of("run", "setup", "teardown");

        /** Whether a text for the shell at the end of the file may get the newline that the file did not end with. */
        private final boolean addsNewline;

        private final Set<Node> compared = Collections.newSetFromMap(new IdentityHashMap<>());

        Comparison(boolean addsNewline) {
            this.addsNewline = addsNewline;
        }

        boolean equal(List<Node> a, List<Node> b, boolean forShell) {
            return a.size() == b.size()
                    && IntStream.range(0, a.size()).allMatch(i -> equal(a.get(i), b.get(i), forShell));
        }

        boolean equal(Node a, Node b, boolean forShell) {
            if (!compared.add(a)) {
                return true;
            }
            if (!a.getTag().equals(b.getTag()) || a.getNodeId() != b.getNodeId()) {
                return false;
            }
            if (a instanceof ScalarNode scalar) {
                String other = ((ScalarNode) b).getValue();
                return other.equals(scalar.getValue())
                        || addsNewline && forShell && other.equals(scalar.getValue() + "\n");
            }
            if (a instanceof SequenceNode list) {
                return equal(list.getValue(), ((SequenceNode) b).getValue(), forShell);
            }
            List<NodeTuple> keys = ((MappingNode) a).getValue();
            List<NodeTuple> others = ((MappingNode) b).getValue();
            return keys.size() == others.size()
                    && IntStream.range(0, keys.size()).allMatch(i -> equal(keys.get(i), others.get(i)));
        }

        private boolean equal(NodeTuple a, NodeTuple b) {
            boolean forShell = a.getKeyNode() instanceof ScalarNode name && SHELL.contains(name.getValue());
            return equal(a.getKeyNode(), b.getKeyNode(), false) && equal(a.getValueNode(), b.getValueNode(), forShell);
        }
    }

    private String inMap(MappingNode map, String item) throws RefusedException {
        int column = map.getStartMark().getColumn();
        List<NodeTuple> keys = map.getValue();
        for (int i = 0; i < keys.size(); i++) {
            NodeTuple key = keys.get(i);
            if (key.getKeyNode() instanceof ScalarNode name && name.getValue().equals(COMMANDS)) {
                int end = i + 1 == keys.size()
                        ? text.length()
                        : beforeComments(lineStart(position(keys.get(i + 1).getKeyNode())), column);
                if (key.getValueNode() instanceof SequenceNode list) {
                    return inList(list, end, item);
                }
                if (key.getValueNode().getTag().equals(Tag.NULL)
                        && position(key.getValueNode()) == endPosition(key.getValueNode())) {
                    return insert(end, indented(item, " ".repeat(column) + INDENT), false);
                }
                throw new RefusedException("has commands that are not a list");
            }
        }
        String margin = " ".repeat(column);
        return insert(text.length(), margin + COMMANDS + ":\n" + indented(item, margin + INDENT), true);
    }

    private String inList(SequenceNode list, int end, String item) throws RefusedException {
        if (list.getFlowStyle() != FlowStyle.BLOCK) {
            throw new RefusedException("has its list of commands in brackets");
        }
        List<Node> items = list.getValue();
        boolean separated = items.size() == 1 || isBlankBefore(lineStart(position(items.get(items.size() - 1))));
        return insert(end, indented(item, " ".repeat(list.getStartMark().getColumn())), separated);
    }

    private boolean isBlankBefore(int lineStart) {
        int position = lineStart;
        while (position > 0) {
            int previous = lineStart(position - 1);
            String line = text.substring(previous, position).strip();
            if (!line.startsWith("#")) {
                return line.isEmpty();
            }
            position = previous;
        }
        return false;
    }

    /** Returns the end of what precedes the blank lines and the comments before a key, which belong to the key. */
    private int beforeComments(int keyLine, int column) {
        int position = keyLine;
        while (position > 0) {
            int previous = lineStart(position - 1);
            String line = text.substring(previous, position);
            boolean isComment = line.stripLeading().startsWith("#") && line.indexOf('#') <= column;
            if (!line.isBlank() && !isComment) {
                return position;
            }
            position = previous;
        }
        return position;
    }

    /** Inserts lines at the beginning of a line, or at the end of the text. */
    private String insert(int position, String lines, boolean separated) {
        String before = text.substring(0, position);
        String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        if (separated && !before.isEmpty() && !before.matches("(?s).*\\n\\r?\\n")) {
            separator += "\n";
        }
        String after = text.substring(position);
        return before + (separator + lines).replace("\n", lineEnd) + after;
    }

    private static String indented(String item, String margin) {
        return item.lines()
                .map(line -> line.isEmpty() ? "" : margin + line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private int lineStart(int position) {
        return text.lastIndexOf('\n', position - 1) + 1;
    }

    /** Returns a node's position in characters; a mark counts code points. */
    private int position(Node node) {
        return text.offsetByCodePoints(0, node.getStartMark().getIndex());
    }

    private int endPosition(Node node) {
        return text.offsetByCodePoints(0, node.getEndMark().getIndex());
    }
}
