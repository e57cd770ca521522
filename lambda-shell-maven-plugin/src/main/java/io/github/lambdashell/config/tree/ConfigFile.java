package io.github.lambdashell.config.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads a YAML or JSON file as a tree of nodes that know their line and column. */
public final class ConfigFile {
    private static final String REMEDY = "Mend the file and run the goal again";

    private final Path file;
    private final String shownName;
    private final String itemName;

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
                : YAMLFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build();
        try (JsonParser parser = factory.createParser(Files.readString(file))) {
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
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw malformed(place + ": *" + parser.getText() + " is an alias, and aliases are not read", null);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> List.of(new ConfigNode(name, null, members(parser), place));
            case START_ARRAY -> items(parser, name, place);
            case VALUE_NULL -> List.of(new ConfigNode(name, null, List.of(), place));
            default -> List.of(new ConfigNode(name, parser.getText(), List.of(), place));
        };
    }

    private List<ConfigNode> members(JsonParser parser) throws IOException {
        List<ConfigNode> members = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String place = place(parser.currentTokenLocation());
            String key = parser.currentName();
            parser.nextToken();
            members.addAll(nodes(parser, key, place));
        }
        return members;
    }

    private List<ConfigNode> items(JsonParser parser, String name, String listPlace) throws IOException {
        List<ConfigNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String place = place(parser.currentTokenLocation());
            if (parser.currentToken() == JsonToken.START_ARRAY) {
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
