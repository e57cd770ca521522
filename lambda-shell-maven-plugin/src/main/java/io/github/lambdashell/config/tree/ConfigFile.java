package io.github.lambdashell.config.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads a YAML or JSON file as a tree of nodes that know their line and column. YAML's anchors and aliases are resolved,
 * and so are its merge keys ({@code <<}).
 */
public final class ConfigFile {
    private static final String MERGE_KEY = "<<";
    private static final String REMEDY = "Mend the file and run the goal again";

    private final Path file;
    private final String shownName;
    private final String itemName;
    private final Anchors anchors = new Anchors();

    private ConfigFile(Path file, String itemName) {
        this.file = file;
        this.shownName = file.getFileName().toString();
        this.itemName = itemName;
    }

    /**
     * Reads a file whole.
     *
     * @param file YAML, or JSON when its name ends with {@code .json}
     * @param itemName names the root, and the items of a file that is one list
     * @return the root: its children are the file's keys, or the items of the list
     * @throws ShellException when it can't be read, or is not well-formed
     */
    public static ConfigNode read(Path file, String itemName) {
        return new ConfigFile(file, itemName).read();
    }

    private ConfigNode read() {
        boolean json = shownName.toLowerCase(Locale.ROOT).endsWith(".json");
        JsonFactory factory = json
                ? JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build()
                : new AnchoredYaml();
        try (JsonParser parser = factory.createParser(new StringReader(Files.readString(file)))) {
            if (parser.nextToken() == null) {
                throw new ShellException(shownName + " is empty", "Write at least one command into " + file);
            }
            boolean list = parser.currentToken() == JsonToken.START_ARRAY;
            String start = place(parser.currentTokenLocation());
            List<ConfigNode> nodes = nodes(parser, itemName, start);
            if (parser.nextToken() != null) {
                throw malformed(place(parser.currentTokenLocation()) + ": a second document begins here", null);
            }
            return list ? new ConfigNode(itemName, null, nodes, start) : nodes.get(0);
        } catch (JsonProcessingException e) {
            throw e.getCause() instanceof MarkedYAMLException yaml
                    ? malformed(notYaml(yaml), e)
                    : malformed(place(e.getLocation()) + ": " + firstLine(e.getOriginalMessage()), e);
        } catch (NoSuchFileException e) {
            throw new ShellException("There is no file " + file, "Give the path of a YAML or JSON file", e);
        } catch (CharacterCodingException e) {
            throw new ShellException(file + " is not UTF-8", "Save the file as UTF-8", e);
        } catch (IOException e) {
            throw new ShellException("Can't read " + file + ": " + e, "Give the path of a file that can be read", e);
        }
    }

    /** The value that the parser stands on: one node, or one per item of a list. */
    private List<ConfigNode> nodes(JsonParser parser, String name, String place) throws IOException {
        if (isAlias(parser)) {
            Anchors.Anchored anchored = anchored(parser, place);
            count(anchored.size(), place);
            return anchored.at(name, place);
        }
        Object anchor = parser.getObjectId();
        boolean list = parser.currentToken() == JsonToken.START_ARRAY;
        int before = anchors.count();
        count(1, place);
        List<ConfigNode> nodes =
                switch (parser.currentToken()) {
                    case START_OBJECT -> List.of(new ConfigNode(name, null, members(parser), place));
                    case START_ARRAY -> items(parser, name, place);
                    case VALUE_NULL -> List.of(new ConfigNode(name, null, List.of(), place));
                    default -> List.of(new ConfigNode(name, parser.getText(), List.of(), place));
                };
        if (anchor != null) {
            anchors.define(anchor.toString(), new Anchors.Anchored(nodes, list, anchors.count() - before));
        }
        return nodes;
    }

    private static boolean isAlias(JsonParser parser) throws IOException {
        return parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
    }

    private Anchors.Anchored anchored(JsonParser parser, String place) throws IOException {
        String name = parser.getText();
        return anchors.find(name)
                .orElseThrow(() -> malformed(
                        place + ": *" + name + " stands for nothing, no anchor &" + name + " ends before it", null));
    }

    private void count(int nodes, String place) {
        if (!anchors.add(nodes)) {
            throw malformed(
                    place + ": the file amounts to more than " + Anchors.MOST_NODES
                            + " elements here, its aliases written out",
                    null);
        }
    }

    private List<ConfigNode> members(JsonParser parser) throws IOException {
        List<ConfigNode> members = new ArrayList<>();
        List<ConfigNode> merged = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String place = place(parser.currentTokenLocation());
            String key = parser.currentName();
            parser.nextToken();
            boolean merge = key.equals(MERGE_KEY) && parser instanceof YAMLParser;
            (merge ? merged : members).addAll(nodes(parser, key, place));
        }
        return merged.isEmpty() ? members : merge(members, merged);
    }

    /** A map's own members, and those of others that it has not itself; of two others the first counts. */
    private static List<ConfigNode> merge(List<ConfigNode> own, List<ConfigNode> others) {
        List<ConfigNode> members = new ArrayList<>(own);
        for (ConfigNode other : others) {
            if (other.children().isEmpty()) {
                throw malformed(other.place() + ": " + MERGE_KEY + " takes a map, or a list of maps", null);
            }
            Set<String> names = members.stream().map(ConfigNode::name).collect(Collectors.toSet());
            other.children().stream()
                    .filter(member -> !names.contains(member.name()))
                    .forEach(members::add);
        }
        return members;
    }

    private List<ConfigNode> items(JsonParser parser, String name, String listPlace) throws IOException {
        List<ConfigNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String place = place(parser.currentTokenLocation());
            boolean list =
                    isAlias(parser) ? anchored(parser, place).list() : parser.currentToken() == JsonToken.START_ARRAY;
            if (list) {
                throw malformed(place + ": a list stands in a list", null);
            }
            items.addAll(nodes(parser, name, place));
        }
        return items.isEmpty() ? List.of(new ConfigNode(name, null, List.of(), listPlace)) : items;
    }

    private String place(JsonLocation location) {
        return location == null ? shownName : shownName + ":" + location.getLineNr() + ":" + location.getColumnNr();
    }

    private String notYaml(MarkedYAMLException e) {
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return shownName + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ": " + context + e.getProblem();
    }

    private static ShellException malformed(String problem, Throwable cause) {
        return new ShellException(problem, REMEDY, cause);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text).strip();
    }
}
