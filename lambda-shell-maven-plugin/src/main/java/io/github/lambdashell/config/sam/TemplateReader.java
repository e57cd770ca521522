package io.github.lambdashell.config.sam;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.lambdashell.config.sam.SamTemplate.TemplateException;
import io.github.lambdashell.config.sam.TemplateValue.Call;
import io.github.lambdashell.config.sam.TemplateValue.Items;
import io.github.lambdashell.config.sam.TemplateValue.Members;
import io.github.lambdashell.config.sam.TemplateValue.Text;
import io.github.lambdashell.config.tree.ConfigFile.MalformedException;
import io.github.lambdashell.config.tree.YamlNodes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A template's text, YAML or JSON, as {@link TemplateValue}s. Aliases and merge keys of YAML are resolved. */
final class TemplateReader {
    /** Maximum number of values with all aliases expanded: a few lines of aliases can expand to millions. */
    private static final int MAX_VALUES = 100_000;

    private static final int MAX_DEPTH = 50;

    /** Numbers and booleans that CloudFormation passes on as they are written. */
    private static final Pattern AS_WRITTEN =
            Pattern.compile("true|false|0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\\.[0-9]*[1-9]");

    private final String fileName;
    private int count;

    TemplateReader(String fileName) {
        this.fileName = fileName;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException if the text is neither YAML nor JSON, or not a map
     */
    Members read(String text) throws TemplateException {
        TemplateValue root = text.stripLeading().startsWith("{") ? json(text) : yaml(text);
        if (root instanceof Members map) {
            return map;
        }
        throw new TemplateException(fileName + " must be a map with the key Resources");
    }

    private TemplateValue yaml(String text) throws TemplateException {
        try {
            Node root = YamlNodes.compose(fileName, text).orElse(null);
            return root == null ? null : value(root, 0);
        } catch (MalformedException e) {
            throw new TemplateException(e.getMessage(), e);
        }
    }

    /** Returns a node's value; null for YAML's null. */
    private TemplateValue value(Node node, int depth) throws TemplateException {
        int line = node.getStartMark().getLine() + 1;
        limit(depth, line);
        TemplateValue plain;
        if (node instanceof ScalarNode scalar) {
            plain = scalar.getTag().equals(Tag.NULL) ? null : text(scalar, line);
        } else if (node instanceof SequenceNode list) {
            List<TemplateValue> items = new ArrayList<>();
            for (Node item : list.getValue()) {
                addIfPresent(items, value(item, depth + 1));
            }
            plain = new Items(items, line);
        } else {
            plain = mapOrCall(members((MappingNode) node, depth), line);
        }
        String tag = node.getTag().getValue();
        return tag.startsWith("!") && tag.length() > 1 && plain != null
                ? new Call(function(tag.substring(1)), plain, line)
                : plain;
    }

    private static Text text(ScalarNode scalar, int line) {
        boolean isText = !List.of(Tag.INT, Tag.FLOAT, Tag.BOOL).contains(scalar.getTag());
        return new Text(
                scalar.getValue(),
                !isText && !AS_WRITTEN.matcher(scalar.getValue()).matches(),
                line);
    }

    private static String function(String tag) {
        return tag.equals("Ref") || tag.equals("Condition") ? tag : "Fn::" + tag;
    }

    private static TemplateValue mapOrCall(Map<String, TemplateValue> members, int line) {
        if (members.size() == 1) {
            Map.Entry<String, TemplateValue> only =
                    members.entrySet().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                return new Call(only.getKey(), only.getValue(), line);
            }
        }
        return new Members(members, line);
    }

    /** Returns a map's own members, then those of its merge keys ({@code <<}) that it does not have itself. */
    private Map<String, TemplateValue> members(MappingNode map, int depth) throws TemplateException {
        Map<String, TemplateValue> members = new LinkedHashMap<>();
        List<TemplateValue> merged = new ArrayList<>();
        for (NodeTuple tuple : map.getValue()) {
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw malformed(line, "a key must be a text");
            }
            TemplateValue value = value(tuple.getValueNode(), depth + 1);
            if (key.getTag().equals(Tag.MERGE)) {
                merged.addAll(value instanceof Items list ? list.items() : value == null ? List.of() : List.of(value));
            } else {
                add(members, key.getValue(), value, line);
            }
        }
        for (TemplateValue other : merged) {
            if (!(other instanceof Members others)) {
                throw malformed(other.line(), "<< must be a map or a list of maps");
            }
            others.members().forEach(members::putIfAbsent);
        }
        return members;
    }

    private void add(Map<String, TemplateValue> members, String name, TemplateValue value, int line)
            throws TemplateException {
        if (members.containsKey(name)) {
            throw malformed(line, name + " may occur only once");
        }
        if (value != null) {
            members.put(name, value);
        }
    }

    private static void addIfPresent(List<TemplateValue> items, TemplateValue item) {
        if (item != null) {
            items.add(item);
        }
    }

    private TemplateValue json(String text) throws TemplateException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            TemplateValue root = value(parser, 0);
            if (parser.nextToken() != null) {
                throw malformed(parser.currentTokenLocation().getLineNr(), "the document must end before this");
            }
            return root;
        } catch (JsonProcessingException e) {
            String problem =
                    e.getOriginalMessage().lines().findFirst().orElse("").strip();
            String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new TemplateException(fileName + line + ": " + problem, e);
        } catch (IOException e) {
            throw new TemplateException(fileName + ": " + e.getMessage(), e);
        }
    }

    /** Returns the current value; null for JSON's null. */
    private TemplateValue value(JsonParser parser, int depth) throws IOException, TemplateException {
        int line = parser.currentTokenLocation().getLineNr();
        limit(depth, line);
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, TemplateValue> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int nameLine = parser.currentTokenLocation().getLineNr();
                parser.nextToken();
                add(members, name, value(parser, depth + 1), nameLine);
            }
            return mapOrCall(members, line);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<TemplateValue> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                addIfPresent(items, value(parser, depth + 1));
            }
            return new Items(items, line);
        }
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : new Text(parser.getText(), false, line);
    }

    private void limit(int depth, int line) throws TemplateException {
        if (depth > MAX_DEPTH) {
            throw malformed(line, "values are nested more than " + MAX_DEPTH + " levels deep");
        }
        if (++count > MAX_VALUES) {
            throw malformed(line, "the template has more than " + MAX_VALUES + " values with its aliases");
        }
    }

    private TemplateException malformed(int line, String problem) {
        return new TemplateException(fileName + ":" + line + ": " + problem);
    }
}
