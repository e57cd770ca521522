package io.github.lambdashell.config.tree;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the anchors of a YAML file name so far. Aliases share the nodes that they stand for, so a few lines of them can
 * mean more than anyone could read: what they amount to is counted.
 */
final class Anchors {
    /** The most nodes that a file amounts to with its aliases written out. */
    static final int MOST_NODES = 100_000;

    private final Map<String, Anchored> byName = new HashMap<>();
    private int count;

    /**
     * What one anchor names.
     *
     * @param nodes one, or one for each item of a list
     * @param list whether it is a list
     * @param size how many nodes that are with all that is in them
     */
    record Anchored(List<ConfigNode> nodes, boolean list, int size) {
        /** The same under the key at which an alias stands; what is in it keeps its place. */
        List<ConfigNode> at(String name, String place) {
            return nodes.stream()
                    .map(node -> new ConfigNode(name, node.text(), node.children(), list ? node.place() : place))
                    .toList();
        }
    }

    /** How many nodes the file amounts to so far. */
    int count() {
        return count;
    }

    /** Counts nodes; false when they are too many. */
    boolean add(int nodes) {
        count += nodes;
        return count <= MOST_NODES;
    }

    /** Gives nodes a name, be it one that others had before. */
    void define(String name, Anchored anchored) {
        byName.put(name, anchored);
    }

    /** What a name stands for; empty before its anchor's end. */
    Optional<Anchored> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
