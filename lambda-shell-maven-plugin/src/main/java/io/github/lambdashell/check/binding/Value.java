package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.tree.ConfigNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A kind of value: how it is read, and how the JSON Schema describes it.
 *
 * @param reader reads it, not null; notes a problem and returns nothing where it can't be used
 * @param definition its name in the JSON Schema, null for a kind that is described where it is used
 * @param schema its description, as JSON in single quotes; null for a block alone
 * @param block the block that it may be, null for none
 * @param mayBeEmpty whether the element alone is enough
 */
record Value<T>(Reader<T> reader, String definition, String schema, Block block, boolean mayBeEmpty) {
    /** Reads a node that is not empty. */
    @FunctionalInterface
    interface Reader<T> {
        Optional<T> read(String word, ConfigNode node, Scope scope);
    }

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}?");

    /** A text without Maven placeholders. */
    static final Value<String> TEXT = new Value<>((word, node, scope) -> text(node, scope), "text", """
            {'description': 'A text; numbers and booleans are taken as they are written.',
             'type': ['string', 'number', 'boolean'], 'minLength': 1}""", null, false);

    /** A text for the shell, which may contain <code>${...}</code>. */
    static final Value<String> SHELL_TEXT = new Value<>(
            (word, node, scope) -> shellText(node, scope), null, "{'type': 'string', 'minLength': 1}", null, false);

    /** {@code true} or {@code false}. */
    static final Value<Boolean> FLAG = parsed("{'type': 'boolean'}", text -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("must be true or false, but is " + Text.apostrophes(text));
    });

    /** A Java regular expression. */
    static final Value<Pattern> REGEX = parsed("""
            {'description': 'A Java regular expression.', 'type': ['string', 'number'], 'minLength': 1}""", text -> {
                try {
                    return Pattern.compile(text);
                } catch (PatternSyntaxException e) {
                    String at = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
                    throw new IllegalArgumentException(
                            "is not a regular expression: " + Text.apostrophes(text) + "; " + e.getDescription() + at,
                            e);
                }
            })
            .named("regex");

    /** A number of either sign. */
    static final Value<BigDecimal> NUMBER = parsed(
                    "{'type': ['number', 'string'], 'pattern': '^[+-]?\\\\d+(\\\\.\\\\d+)?$'}", Unit.NUMBER::parse)
            .named("number");

    /** Returns the kind of whole numbers of a range. */
    static Value<Integer> count(int min, int max) {
        String schema = "{'type': 'integer', 'minimum': " + min + ", 'maximum': " + max + "}";
        return parsed(schema, text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
                throw new IllegalArgumentException(
                        "must be a whole number from " + min + " to " + max + ", but is " + Text.apostrophes(text));
            }
            return Integer.parseInt(text);
        });
    }

    /** Returns the kind of durations from a millisecond to a maximum. */
    static Value<Duration> duration(Duration max) {
        return parsed("""
                {'description': 'A duration such as 500ms, 3s or 2m.',
                 'type': 'string', 'pattern': '^\\\\d+(\\\\.\\\\d+)? ?(ms|s|m|h)$'}""", text -> {
                    Duration duration = durationOf(text);
                    if (duration.toMillis() == 0 || duration.compareTo(max) > 0) {
                        throw new IllegalArgumentException("must be from 1 ms to " + DurationText.format(max)
                                + ", but is " + Text.apostrophes(text));
                    }
                    return duration;
                })
                .named("duration");
    }

    private static Duration durationOf(String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is " + e.getMessage(), e);
        }
    }

    /** Returns the kind of quantities of a unit that are not negative. */
    static Value<BigDecimal> quantity(Unit unit) {
        return parsed("""
                {'description': 'A number, a size such as 10KB, or a duration such as 500ms.',
                 'type': ['number', 'string'], 'minimum': 0,
                 'pattern': '^\\\\d+(\\\\.\\\\d+)? ?([KMG]?B|ms|s|m|h|d)?$'}""", text -> {
                    BigDecimal quantity = unit.parse(text);
                    if (quantity.signum() < 0) {
                        throw new IllegalArgumentException("must not be negative, but is " + Text.apostrophes(text));
                    }
                    return quantity;
                })
                .named("quantity");
    }

    /** Returns a kind that is described where it is used. */
    static <T> Value<T> of(String schema, Reader<T> reader) {
        return new Value<>(reader, null, schema, null, false);
    }

    /**
     * Returns a kind of text.
     *
     * @param parser throws an {@link IllegalArgumentException} whose message follows the element's name: {@code must be
     *     ..., but is 'x'}
     */
    static <T> Value<T> parsed(String schema, Function<String, T> parser) {
        return parsed(schema, (text, scope) -> parser.apply(text));
    }

    /** Returns a kind of text whose parser needs to know the source. */
    static <T> Value<T> parsed(String schema, BiFunction<String, Scope, T> parser) {
        Reader<T> reader = (word, node, scope) -> text(node, scope).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text, scope));
            } catch (IllegalArgumentException e) {
                scope.problem(node, node.name() + " " + e.getMessage());
                return Optional.empty();
            }
        });
        return of(schema, reader);
    }

    /** Returns the kind of texts that match a regular expression, which is that of JSON Schema too. */
    static Value<String> matching(String pattern, String rule) {
        String schema = "{'type': 'string', 'pattern': '" + pattern.replace("\\", "\\\\") + "'}";
        return parsed(schema, text -> {
            if (!Pattern.compile(pattern).matcher(text).find() || text.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("must be " + rule + ", but is " + Text.apostrophes(text));
            }
            return text;
        });
    }

    /** Returns the kind of a block. */
    static <T> Value<T> block(Block block, Function<BlockReader, Optional<T>> binder) {
        Reader<T> reader = (word, node, scope) -> binder.apply(new BlockReader(node, block, scope.in(word)));
        return new Value<>(reader, null, null, block, false);
    }

    /** Returns the same kind, with a name in the JSON Schema. */
    Value<T> named(String name) {
        return new Value<>(reader, name, schema, block, mayBeEmpty);
    }

    /** Returns the same kind, of which the element alone is enough. */
    Value<T> orEmpty() {
        return new Value<>(reader, definition, schema, block, true);
    }

    /** Returns the kind of a text as the shorthand of this block. */
    Value<T> orText(Value<T> shorthand) {
        Reader<T> either =
                (word, node, scope) -> (node.children().isEmpty() ? shorthand.reader : reader).read(word, node, scope);
        return new Value<>(either, shorthand.definition, shorthand.schema, block, false);
    }

    <R> Value<R> map(Function<T, R> mapping) {
        return new Value<>(
                (word, node, scope) -> reader.read(word, node, scope).map(mapping),
                definition,
                schema,
                block,
                mayBeEmpty);
    }

    private static Optional<String> text(ConfigNode node, Scope scope) {
        Optional<String> text = shellText(node, scope);
        if (text.isPresent() && scope.source().pom()) {
            Matcher placeholder = PLACEHOLDER.matcher(text.get());
            if (placeholder.find()) {
                scope.problem(
                        node,
                        node.name() + " contains " + placeholder.group() + ", but no such property is defined; define"
                                + " it, or move the command to a commandsFile, where ${...} is left as it is");
                return Optional.empty();
            }
        }
        return text;
    }

    private static Optional<String> shellText(ConfigNode node, Scope scope) {
        if (!node.children().isEmpty()) {
            List<String> names = node.children().stream().map(ConfigNode::name).toList();
            scope.problem(node, node.name() + " must be a text, but contains the element " + names.get(0));
            return Optional.empty();
        }
        if (node.text().indexOf('\0') >= 0) {
            scope.problem(node, node.name() + " must not contain a NUL character");
            return Optional.empty();
        }
        return Optional.of(node.text());
    }
}
