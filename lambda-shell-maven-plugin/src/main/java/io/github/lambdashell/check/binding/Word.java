package io.github.lambdashell.check.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An element of the vocabulary.
 *
 * @param name as users write it, not null
 * @param value the kind of its value, not null
 * @param doc its description in the JSON Schema, not null
 * @param repeats whether it may occur several times, or hold a list
 * @param item the name of a list's elements in a POM, null when the element itself is repeated there
 * @param required whether its block must have it
 */
record Word<T>(String name, Value<T> value, String doc, boolean repeats, String item, boolean required) {
    static <T> Word<T> one(String name, Value<T> value, String doc) {
        return new Word<>(name, value, doc, false, null, false);
    }

    static <T> Word<T> required(String name, Value<T> value, String doc) {
        return new Word<>(name, value, doc, false, null, true);
    }

    static <T> Word<T> many(String name, Value<T> value, String doc) {
        return new Word<>(name, value, doc, true, null, false);
    }

    static <T> Word<T> list(String name, String item, Value<T> value, String doc) {
        return new Word<>(name, value, doc, true, item, false);
    }

    /** Returns the words of several lists. */
    @SafeVarargs
    static List<Word<?>> concat(List<? extends Word<?>>... lists) {
        List<Word<?>> all = new ArrayList<>();
        for (List<? extends Word<?>> some : lists) {
            all.addAll(some);
        }
        return List.copyOf(all);
    }

    /** A word whose values become something: expectations, conditions, a ready-made check. */
    record Term<T, R>(Word<T> word, Function<List<T>, Stream<R>> factory) {
        /** Returns a term whose values are what becomes of it. */
        static <R> Term<R, R> of(Word<R> word) {
            return new Term<>(word, List::stream);
        }

        /** Returns a term that makes something of each value. */
        static <T, R> Term<T, R> each(Word<T> word, Function<T, R> factory) {
            return new Term<>(word, values -> values.stream().map(factory));
        }

        /** Returns a term that makes one thing of all values, where there are any. */
        static <T, R> Term<T, R> all(Word<T> word, Function<List<T>, R> factory) {
            return new Term<>(word, values -> values.isEmpty() ? Stream.empty() : Stream.of(factory.apply(values)));
        }

        Stream<R> read(BlockReader reader) {
            return factory.apply(reader.all(word));
        }

        static List<Word<?>> words(List<? extends Term<?, ?>> terms) {
            return terms.stream().<Word<?>>map(Term::word).toList();
        }
    }
}
