package io.github.lambdashell.config.tree;

import io.github.lambdashell.config.RelativePath;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A reader of YAML and JSON files, whose nodes know their line and column. */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * The nodes at the root of a file, all of one name.
     *
     * @param nodes one node, or one for each item of a list; not null
     * @param list whether the file consists of one list
     * @param place the place where the root begins, not null
     */
    record Root(List<ConfigNode> nodes, boolean list, String place) {}

    /** A file that is not well-formed; the message contains the place and the problem. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String place, String problem, Throwable cause) {
            super(place + ": " + problem, cause);
        }
    }

    /**
     * Reads a text in YAML.
     *
     * @param name the name for messages
     * @param itemName name for the root, or for the items of a text that is one list
     * @param jsonKeys as for a file
     * @throws ShellException if it is not well-formed
     */
    public static ConfigNode parse(String name, String text, String itemName, Set<String> jsonKeys) {
        try {
            return new YamlTree(name, jsonKeys)
                    .read(text, itemName)
                    .orElseThrow(() -> new ShellException(name + " is empty", "Specify a value"))
                    .nodes()
                    .get(0);
        } catch (MalformedException e) {
            throw new ShellException(e.getMessage(), "Correct the YAML", e);
        }
    }

    /**
     * Reads a file.
     *
     * @param file YAML, or JSON if its name ends with {@code .json}
     * @param topDirectory the directory to which the places of the nodes are relative
     * @param itemName name for the root, or for the items of a file that consists of one list
     * @param jsonKeys keys whose lists and maps are values of the user's own: their nodes have the JSON as their text
     * @return the root; its children are the file's keys or the items of the list
     * @throws ShellException if it can't be read, or is not well-formed
     */
    public static ConfigNode read(Path file, Path topDirectory, String itemName, Set<String> jsonKeys) {
        try {
            return read(file, topDirectory, Files.readString(file), itemName, jsonKeys);
        } catch (NoSuchFileException e) {
            throw new ShellException("File not found: " + file, "Specify the path of a YAML or JSON file", e);
        } catch (CharacterCodingException e) {
            throw new ShellException(file + " is not UTF-8", "Save the file as UTF-8", e);
        } catch (IOException e) {
            throw new ShellException("Can't read " + file + ": " + e, "Specify the path of a readable file", e);
        }
    }

    /**
     * Reads a text as the content of a file.
     *
     * @throws ShellException if it is not well-formed
     */
    public static ConfigNode read(Path file, Path topDirectory, String text, String itemName, Set<String> jsonKeys) {
        String shownName =
                RelativePath.below(file, topDirectory).orElse(file.getFileName().toString());
        try {
            Optional<Root> root = shownName.toLowerCase(Locale.ROOT).endsWith(".json")
                    ? new JsonTree(shownName, jsonKeys).read(text, itemName)
                    : new YamlTree(shownName, jsonKeys).read(text, itemName);
            Root found = root.orElseThrow(
                    () -> new ShellException(shownName + " is empty", "Write at least one command to " + file));
            return found.list()
                    ? new ConfigNode(itemName, null, found.nodes(), found.place())
                    : found.nodes().get(0);
        } catch (MalformedException e) {
            throw new ShellException(e.getMessage(), "Fix the file and run the goal again", e);
        }
    }
}
