package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.Suggestion;
import io.github.lambdashell.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The elements of a block as the user wrote them. The constructor notes elements that are unknown, empty, repeated,
 * missing or excluded by others; the methods then return the values that can be used.
 */
final class BlockReader {
    private static final int SHOWN_WORDS = 5;

    private final ConfigNode node;
    private final Block block;
    private final Scope scope;

    BlockReader(ConfigNode node, Block block, Scope scope) {
        this.node = node;
        this.block = block;
        this.scope = scope;
        if (node.text() != null && !node.text().isBlank()) {
            List<String> names = block.names();
            String some = String.join(", ", names.subList(0, Math.min(SHOWN_WORDS, names.size())));
            scope.problem(
                    node,
                    "must contain elements (" + some + (names.size() > SHOWN_WORDS ? ", ..." : "") + "), but is "
                            + Text.apostrophes(node.text().strip()));
        }
        node.children().stream().map(ConfigNode::name).distinct().forEach(this::checkName);
        block.words().stream()
                .filter(word -> word.required() && !has(word))
                .forEach(word -> scope.problem(node, word.name() + " is required"));
        exclusive(block.limits().atMostOne());
        List<String> oneOf = block.limits().exactlyOne();
        if (exclusive(oneOf) == 0 && !oneOf.isEmpty()) {
            scope.problem(node, "one of " + String.join(", ", oneOf) + " is required");
        }
    }

    private void checkName(String name) {
        List<ConfigNode> written = named(name);
        Optional<Word<?>> word = block.word(name);
        if (word.isEmpty()) {
            scope.problem(written.get(0), unknown(name));
        } else if (written.size() > 1 && !word.get().repeats()) {
            scope.problem(written.get(1), scope.repeated(name));
        } else if (!word.get().value().mayBeEmpty()) {
            written.stream().filter(ConfigNode::isEmpty).forEach(this::empty);
        }
    }

    private String unknown(String name) {
        if (name.startsWith(ConfigNode.ATTRIBUTE)) {
            String attribute = name.substring(ConfigNode.ATTRIBUTE.length());
            return "unknown attribute " + Text.apostrophes(attribute) + "; use the element <" + attribute + ">";
        }
        if (Vocabulary.REFUSED.containsKey(name)) {
            return name + " is not supported: " + Vocabulary.REFUSED.get(name);
        }
        String unknown = "unknown element " + Text.apostrophes(name) + "; ";
        if (name.contains(" ")) {
            return unknown + "a text that contains ': ' needs quotes";
        }
        Optional<String> nearest = Suggestion.nearest(name, block.names());
        if (nearest.isPresent()) {
            return unknown + "did you mean '" + nearest.get() + "'?";
        }
        Set<String> elsewhere = new LinkedHashSet<>();
        collectOwners(Vocabulary.DOCUMENT, name, elsewhere);
        return elsewhere.isEmpty()
                ? unknown + "the known elements are " + String.join(", ", block.names())
                : unknown + "it belongs in " + String.join(" or ", elsewhere);
    }

    /** Collects the elements whose block has an element of that name. */
    private static void collectOwners(Block block, String name, Set<String> owners) {
        for (Word<?> word : block.words()) {
            Block inner = word.value().block();
            if (inner != null) {
                inner.word(name).ifPresent(found -> owners.add(word.name()));
                collectOwners(inner, name, owners);
            }
        }
    }

    /** Notes elements that exclude one another; returns how many of them there are. */
    private int exclusive(List<String> names) {
        List<String> written =
                names.stream().filter(name -> !named(name).isEmpty()).toList();
        if (written.size() > 1) {
            scope.problem(node, String.join(" and ", written) + " are mutually exclusive");
        }
        return written.size();
    }

    private void empty(ConfigNode written) {
        String remedy = Set.of("stdout", "stderr", "output", "equals").contains(written.name())
                ? "to expect no output, set empty: true in the stream"
                : "specify a value or remove it";
        scope.problem(written, written.name() + " is empty; " + remedy);
    }

    private List<ConfigNode> named(String name) {
        return node.children().stream()
                .filter(child -> child.name().equals(name))
                .toList();
    }

    /** Returns the block as written. */
    ConfigNode node() {
        return node;
    }

    Scope scope() {
        return scope;
    }

    /** Returns whether the element is written, be it empty. */
    boolean has(Word<?> word) {
        return !named(word.name()).isEmpty();
    }

    /** Returns an element's value, if it is written and can be used. */
    <T> Optional<T> one(Word<T> word) {
        return named(word.name()).stream()
                .filter(written -> word.value().mayBeEmpty() || !written.isEmpty())
                .findFirst()
                .flatMap(written -> word.value().reader().read(word.name(), written, scope));
    }

    /** Returns the values of an element that may be written several times. */
    <T> List<T> all(Word<T> word) {
        if (!word.repeats()) {
            return one(word).stream().toList();
        }
        return nodes(word).stream()
                .filter(written -> !written.isEmpty())
                .flatMap(written -> word.value().reader().read(word.name(), written, scope).stream())
                .toList();
    }

    /** Returns an element's nodes with lists opened, empty ones included. */
    List<ConfigNode> nodes(Word<?> word) {
        List<ConfigNode> nodes = new ArrayList<>();
        for (ConfigNode written : named(word.name())) {
            // In a POM the element holds the list's elements, in a file it is one of them.
            boolean list = word.item() != null
                    && written.children().stream()
                            .anyMatch(child -> child.name().equals(word.item()));
            (list ? items(written, word) : Stream.of(written)).forEach(nodes::add);
        }
        return nodes;
    }

    private Stream<ConfigNode> items(ConfigNode list, Word<?> word) {
        for (ConfigNode child : list.children()) {
            if (!child.name().equals(word.item())) {
                scope.problem(
                        child,
                        "unknown element " + Text.apostrophes(child.name()) + "; " + word.name() + " is a list of "
                                + word.item());
            } else if (child.isEmpty()) {
                empty(child);
            }
        }
        return list.children().stream().filter(child -> child.name().equals(word.item()));
    }
}
