package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.Suggestion;
import io.github.lambdashell.config.tree.ConfigNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of one block as the user wrote them. Made once for a block: it notes what does not belong there. Then asked
 * word by word; what it hands out is never empty, so that no expectation vanishes.
 */
final class BlockReader {
    private final ConfigNode node;
    private final Block block;
    private final Scope scope;

    BlockReader(ConfigNode node, Block block, Scope scope) {
        this.node = node;
        this.block = block;
        this.scope = scope;
        if (node.text() != null && !node.text().isBlank()) {
            scope.problem(
                    node,
                    "holds the text " + Text.quote(node.text().strip()) + ", but words belong there: " + someNames());
        }
        node.children().stream().map(ConfigNode::name).distinct().forEach(this::look);
    }

    private void look(String name) {
        List<ConfigNode> written = named(name);
        Optional<Word> word = block.word(name);
        if (word.isEmpty()) {
            scope.problem(written.get(0), unknown(name));
        } else if (written.size() > 1 && !word.get().repeats()) {
            scope.problem(written.get(1), name + " stands here " + written.size() + " times, but it may only once");
        } else if (word.get().kind() != Word.Kind.OPTIONAL_BLOCK) {
            written.stream().filter(ConfigNode::isEmpty).forEach(this::empty);
        }
    }

    private String unknown(String name) {
        if (name.startsWith(ConfigNode.ATTRIBUTE)) {
            String attribute = name.substring(ConfigNode.ATTRIBUTE.length());
            return "the attribute " + attribute + " is not read, write it as an element <" + attribute + ">";
        }
        List<String> known = block.words().stream().map(Word::name).toList();
        Optional<String> nearest = Suggestion.nearest(name, known);
        if (nearest.isPresent()) {
            return name + " is no word here, did you mean " + nearest.get() + "?";
        }
        List<String> elsewhere = Arrays.stream(Block.values())
                .flatMap(other -> other.words().stream())
                .filter(word -> word.kind().takesBlock())
                .filter(word -> word.block().word(name).isPresent())
                .map(Word::name)
                .distinct()
                .toList();
        return elsewhere.isEmpty()
                ? name + " is no word here, the words are " + names()
                : name + " is no word here, it belongs into " + String.join(" or ", elsewhere);
    }

    private String someNames() {
        int some = 5;
        String names = block.words().stream().limit(some).map(Word::name).collect(Collectors.joining(", "));
        return names + (block.words().size() > some ? ", ..." : "");
    }

    private String names() {
        return block.words().stream().map(Word::name).collect(Collectors.joining(", "));
    }

    private List<ConfigNode> named(String name) {
        return node.children().stream()
                .filter(child -> child.name().equals(name))
                .toList();
    }

    /** The block as written. */
    ConfigNode node() {
        return node;
    }

    /** Whether the word was written, with whatever in it. */
    boolean has(String name) {
        return !named(name).isEmpty();
    }

    /** A word that is written once, when it was and holds something. */
    Optional<ConfigNode> one(String name) {
        return named(known(name).name()).stream()
                .filter(written -> !written.isEmpty())
                .findFirst();
    }

    /** A word that may be written often: its elements that hold something, the lists in it opened. */
    List<ConfigNode> many(String name) {
        return all(name).stream().filter(written -> !written.isEmpty()).toList();
    }

    /** As {@link #many}, with the elements that are empty, for who counts them. */
    List<ConfigNode> all(String name) {
        Word word = known(name);
        return named(name).stream()
                .flatMap(written -> isList(written, word) ? items(written, word) : Stream.of(written))
                .toList();
    }

    /** Whether a POM's element holds the elements of the list, instead of being one of them itself. */
    private static boolean isList(ConfigNode written, Word word) {
        return word.item() != null
                && written.children().stream().anyMatch(child -> child.name().equals(word.item()));
    }

    private Stream<ConfigNode> items(ConfigNode list, Word word) {
        for (ConfigNode child : list.children()) {
            if (!child.name().equals(word.item())) {
                scope.problem(
                        child, child.name() + " is no word in " + word.name() + ", which is a list of " + word.item());
            } else if (child.isEmpty()) {
                empty(child);
            }
        }
        return list.children().stream().filter(child -> child.name().equals(word.item()));
    }

    private void empty(ConfigNode written) {
        String remedy = Set.of("stdout", "stderr", "output", "equals").contains(written.name())
                ? "to expect no output write empty: true in the stream"
                : "give it a value or take it out";
        scope.problem(written, written.name() + " is empty and says nothing, " + remedy);
    }

    /** The entries of a map, whose names are the user's own; an empty one is handed out too. */
    List<ConfigNode> entries(String name) {
        known(name);
        for (ConfigNode written : named(name)) {
            if (written.text() != null && !written.text().isBlank()) {
                String text = Text.quote(written.text().strip());
                scope.problem(written, name + " is " + text + ", but names with values belong there");
            }
        }
        return named(name).stream().flatMap(map -> map.children().stream()).toList();
    }

    private Word known(String name) {
        return block.word(name)
                .orElseThrow(() -> new IllegalArgumentException(name + " is not in the table of " + block));
    }
}
