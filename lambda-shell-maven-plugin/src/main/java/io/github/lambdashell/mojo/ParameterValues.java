package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.SizeText;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Values of parameters as Maven passes them. */
final class ParameterValues {
    private ParameterValues() {}

    /** Parses a parameter that is a size; null if it is not configured, or no size. */
    static Integer megabytes(String name, String text, Problems problems) {
        try {
            return text == null ? null : SizeText.megabytes(text);
        } catch (IllegalArgumentException e) {
            problems.add(name + " (lshell." + name + ") is " + e.getMessage());
            return null;
        }
    }

    /** Adds elements without a value as problems: Maven passes an empty element and an undefined property as null. */
    static Map<String, String> withValues(String name, Map<String, String> map, Problems problems) {
        if (map == null) {
            return Map.of();
        }
        map.forEach((key, value) -> problems.require(
                value != null, name + ": '" + key + "' has no value; if it is a property's, define the property"));
        map.values().removeIf(Objects::isNull);
        return map;
    }

    /** Returns null for an empty list: Maven passes one for a list that is not configured. */
    static List<String> orNull(List<String> list) {
        return list == null || list.isEmpty() ? null : list;
    }

    static List<String> orEmpty(List<String> list) {
        return list == null ? List.of() : list;
    }
}
