package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Matrix;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.Suggestion;
import io.github.lambdashell.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The element {@code matrix} of a POM, and the properties that replace its elements. */
final class MatrixParameters {
    private static final String PREFIX = "lshell.matrix.";

    private MatrixParameters() {}

    /**
     * Reads the matrix.
     *
     * @param element the POM's; empty if it has none
     * @param properties the properties on Maven's command line
     * @param configured values of the properties, also of those in the POM, by element; null where there is none
     * @param isLocal whether only known runtimes can be run
     * @return empty if none is configured
     */
    static Optional<Matrix> read(
            Optional<ConfigNode> element,
            Map<String, String> properties,
            Map<String, String> configured,
            boolean isLocal,
            Problems problems) {
        Map<String, List<String>> values = new HashMap<>();
        element.ifPresent(matrix -> elements(matrix, values, problems));
        configured.forEach((name, text) -> {
            // Maven passes an empty property as null.
            String given = text == null ? properties.get(PREFIX + name) : text;
            if (given != null) {
                values.put(name, split(given).toList());
            }
        });
        return element.isEmpty() && values.isEmpty()
                ? Optional.empty()
                : Optional.of(Matrix.of(values, isLocal, problems));
    }

    private static void elements(ConfigNode matrix, Map<String, List<String>> values, Problems problems) {
        List<String> known = new ArrayList<>(Matrix.LISTS);
        known.add(Matrix.ALLOW_MISSING);
        for (ConfigNode child : matrix.children()) {
            String name = child.name();
            if (!known.contains(name)) {
                String suggestion = Suggestion.ending(name, known, "; it has " + String.join(", ", known));
                problems.add(child.place() + ", matrix: unknown element '" + name + "'" + suggestion);
            } else if (values.containsKey(name)) {
                problems.add(child.place() + ", matrix: " + name + " may occur only once");
            } else {
                values.put(name, texts(child));
            }
        }
    }

    /** Returns the texts of the items; a list may also be written as one text with commas. */
    private static List<String> texts(ConfigNode list) {
        if (list.isEmpty()) {
            return List.of();
        }
        return list.children().isEmpty()
                ? split(list.text()).toList()
                : list.children().stream()
                        .map(item -> item.text() == null ? "" : item.text().strip())
                        .toList();
    }

    private static Stream<String> split(String text) {
        return text.isBlank()
                ? Stream.empty()
                : Arrays.stream(text.split(",", -1)).map(String::strip);
    }
}
