package io.github.lambdashell.check.binding;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.tree.ConfigNode;

/**
 * Where the binder stands, for messages.
 *
 * @param problems collects what is wrong
 * @param path how deep in the configuration, {@code command 2 "arch", stdout}; empty at its root
 * @param pom whether it comes from a POM, in whose texts Maven has replaced placeholders
 */
record Scope(Problems problems, String path, boolean pom) {
    Scope in(String step) {
        return new Scope(problems, path.isEmpty() ? step : path + ", " + step, pom);
    }

    /** Notes what is wrong with a node. */
    void problem(ConfigNode node, String problem) {
        problems.add(where(node) + ": " + problem);
    }

    /** Where a node stands, for a person to find it. */
    String where(ConfigNode node) {
        return path.isEmpty() ? node.place() : node.place() + ", " + path;
    }
}
