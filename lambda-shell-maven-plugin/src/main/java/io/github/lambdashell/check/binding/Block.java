package io.github.lambdashell.check.binding;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A block of elements.
 *
 * @param name its name in the JSON Schema, not null
 * @param doc its description in the JSON Schema, not null
 * @param words the elements that it may have, not null
 * @param limits which of them go together, not null
 */
record Block(String name, String doc, List<Word<?>> words, Limits limits) {
    /**
     * Which elements a block must and must not have together.
     *
     * @param minWords the minimum number of different elements
     * @param exactlyOne elements of which a block has exactly one, empty where there are none
     * @param atMostOne elements of which a block has at most one, empty where there are none
     * @param schema further members of the block's JSON Schema, as JSON in single quotes; the binder checks the same
     */
    record Limits(int minWords, List<String> exactlyOne, List<String> atMostOne, String schema) {
        static final Limits NONE = new Limits(0, List.of(), List.of(), "{}");
        static final Limits NOT_EMPTY = min(1);

        static Limits min(int words) {
            return new Limits(words, List.of(), List.of(), "{}");
        }

        /** Returns the schema of objects that have at least one of some elements. */
        static String anyOf(Collection<String> names) {
            return names.stream()
                    .map(name -> "{'required': ['" + name + "']}")
                    .collect(Collectors.joining(", ", "{'anyOf': [", "]}"));
        }
    }

    Optional<Word<?>> word(String wanted) {
        return words.stream().filter(word -> word.name().equals(wanted)).findFirst();
    }

    List<String> names() {
        return words.stream().<String>map(Word::name).toList();
    }
}
