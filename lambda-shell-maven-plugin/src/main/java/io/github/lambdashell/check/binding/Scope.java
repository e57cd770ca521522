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
    /** The texts of a command with references to captured values. */
    enum Texts {
        /** As they are written. */
        WRITTEN,
        /** With an example in place of each reference, so that other problems are found. */
        EXAMPLES,
        /** With the values. */
        VALUES
    }

    /**
     * A document with commands.
     *
     * @param pom whether it is a POM, in whose texts Maven has replaced placeholders
     * @param directory the base of relative paths, not null
     * @param base the base of default paths, not null
     * @param overwrite whether golden files are written instead of compared
     * @param matrix whether the checks run in the environments of a matrix
     * @param redactions replaced before golden files are compared, not null
     * @param texts what is in place of references, not null
     */
    record Source(
            boolean pom,
            Path directory,
            Path base,
            boolean overwrite,
            boolean matrix,
            Redactions redactions,
            Texts texts) {
        /** Resolves the path of a file, which need not exist. */
        Path resolve(String name) {
            try {
                return directory.resolve(name).normalize();
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
            }
        }
    }

    /** Returns the scope with other texts in place of references, and another collector of problems. */
    Scope with(Texts texts, Problems otherProblems) {
        Source other = new Source(
                source.pom(),
                source.directory(),
                source.base(),
                source.overwrite(),
                source.matrix(),
                source.redactions(),
                texts);
        return new Scope(otherProblems, path, other);
    }

    Scope in(String step) {
        return new Scope(problems, path.isEmpty() ? step : path + ", " + step, source);
    }

    /** Adds a problem with a node. */
    void problem(ConfigNode node, String problem) {
        problems.add(where(node) + ": " + problem);
    }

    /** Adds a problem of expectations that exclude one another, unless their texts are only examples. */
    void contradiction(ConfigNode node, String problem) {
        if (source.texts() != Texts.EXAMPLES) {
            problem(node, problem);
        }
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
