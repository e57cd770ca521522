package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.golden.Redactions;
import io.github.lambdashell.config.tree.ConfigNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the commands of one document refer to outside of it.
 *
 * @param directory what relative paths start from
 * @param overwrite whether golden files are written instead of compared
 * @param redactions what golden files don't compare
 */
record Sources(Path directory, boolean overwrite, Redactions redactions) {
    /** A file on the build's machine, whether it is there or not. */
    Path resolve(String name) {
        try {
            return directory.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("it is no path: " + e.getReason(), e);
        }
    }

    /**
     * A text file whole.
     *
     * @param most bytes
     * @throws IllegalArgumentException whose message says why it can't be had
     */
    static String read(Path file, long most) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("there is no file " + file);
            }
            if (Files.size(file) > most) {
                throw new IllegalArgumentException(file + " is " + Files.size(file) + " bytes, the most is " + most);
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " can't be read: " + e, e);
        }
    }

    /** The redactions of a document, from its {@code redactions} map. */
    static Redactions redactions(BlockReader document, Scope scope) {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        Scope inner = scope.in("redactions");
        for (ConfigNode node : document.entries("redactions")) {
            if (!node.name().matches("[A-Za-z][\\w-]*")) {
                inner.problem(
                        node, Text.quote(node.name()) + " is no name, take letters, digits, - and _, a letter first");
            } else if (node.isEmpty()) {
                inner.problem(node, node.name() + " is empty, give it a regular expression");
            } else {
                new Leaf(inner).regex(node).ifPresent(pattern -> patterns.put(node.name(), pattern));
            }
        }
        return new Redactions(patterns);
    }
}
