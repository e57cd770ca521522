package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.golden.Redactions;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.tree.ConfigNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A position in a configuration.
 *
 * @param problems collects problems, not null
 * @param path the elements that lead to it, {@code command 2 "arch", stdout}; empty at the root; not null
 * @param source the document, not null
 */
record Scope(Problems problems, String path, Source source) {
    /**
     * A document with commands.
     *
     * @param pom whether it is a POM, in whose texts Maven has replaced placeholders
     * @param directory the base of relative paths, not null
     * @param overwrite whether golden files are written instead of compared
     * @param redactions replaced before golden files are compared, not null
     */
    record Source(boolean pom, Path directory, boolean overwrite, Redactions redactions) {
        /** Resolves the path of a file, which need not exist. */
        Path resolve(String name) {
            try {
                return directory.resolve(name).normalize();
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
            }
        }
    }

    Scope in(String step) {
        return new Scope(problems, path.isEmpty() ? step : path + ", " + step, source);
    }

    /** Adds a problem with a node. */
    void problem(ConfigNode node, String problem) {
        problems.add(where(node) + ": " + problem);
    }

    /** Returns the problem of an element that is repeated; the reader of a file refuses a key that is. */
    String repeated(String name) {
        return name + (source.pom() ? " may occur only once" : " must be one value, but is a list");
    }

    /** Returns a node's place, for a person to find it. */
    String where(ConfigNode node) {
        return path.isEmpty() ? node.place() : node.place() + ", " + path;
    }
}
