package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Value.NUMBER;
import static io.github.lambdashell.check.binding.Value.REGEX;
import static io.github.lambdashell.check.binding.Value.TEXT;
import static io.github.lambdashell.check.binding.Value.parsed;
import static io.github.lambdashell.check.binding.Value.quantity;
import static io.github.lambdashell.check.binding.Word.one;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.binding.Block.Limits;
import io.github.lambdashell.check.binding.Word.Term;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Condition;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.check.expect.VersionRange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The vocabulary of comparisons: bounds of quantities, and values within a text. */
final class Comparisons {
    private Comparisons() {}

    private static final Map<String, String> BOUND_DOCS = Map.of(
            "equals", "Exactly this.",
            "gt", "Greater than this.",
            "ge", "This or greater.",
            "lt", "Less than this.",
            "le", "This or less.");

    private static List<Word<BigDecimal>> bounds(Value<BigDecimal> value, String... names) {
        List<Word<BigDecimal>> words = new ArrayList<>();
        for (String name : names) {
            words.add(one(name, value, BOUND_DOCS.get(name)));
        }
        return words;
    }

    /** Reads bounds into conditions. */
    private static void bounds(
            BlockReader reader, List<Word<BigDecimal>> words, Unit unit, List<Condition> conditions) {
        Map<String, BigDecimal> operands = new LinkedHashMap<>();
        for (Word<BigDecimal> word : words) {
            reader.one(word).ifPresent(operand -> operands.put(word.name(), operand));
        }
        Contradictions.ofBounds(operands, unit)
                .ifPresent(problem -> reader.scope().contradiction(reader.node(), problem));
        operands.forEach((word, operand) -> conditions.add(Condition.bound(word, operand, unit)));
    }

    /** Comparisons of a quantity; the block alone, without a bare quantity as its shorthand. */
    private static Value<Comparison> quantities(Unit unit) {
        List<Word<BigDecimal>> words = bounds(quantity(unit), "equals", "gt", "ge", "lt", "le");
        Block block = new Block(
                "quantities", "Bounds of a number, a size or a duration.", List.copyOf(words), Limits.NOT_EMPTY);
        return Value.block(block, reader -> {
            List<Condition> conditions = new ArrayList<>();
            bounds(reader, words, unit, conditions);
            return conditions.isEmpty() ? Optional.empty() : Optional.of(new Comparison(conditions));
        });
    }

    /** Comparisons of a quantity, or an exact one. */
    static Value<Comparison> quantitiesOr(Value<BigDecimal> exact, Unit unit) {
        return quantities(unit)
                .orText(exact.map(quantity -> new Comparison(List.of(Condition.bound("equals", quantity, unit)))));
    }

    /** Comparisons of a measured quantity, which has bounds. */
    static Value<Comparison> metric(Unit unit) {
        Value<Comparison> exact = Value.of(null, (word, node, scope) -> {
            scope.problem(node, word + " must have gt, ge, lt or le, but is " + Text.apostrophes(node.text()));
            return Optional.empty();
        });
        return quantities(unit).orText(exact);
    }

    private static final List<Term<?, Condition>> TEXT_TERMS = List.of(
            Term.each(one("matches", REGEX, "This regular expression is found in the value."), Condition::matching),
            Term.of(one(
                    "versionRange",
                    parsed("{'type': 'string', 'pattern': '^[\\\\[(].*[\\\\])]$'}", VersionRange::in),
                    "The value is a version in this range of Maven's syntax, such as [21,22).")));

    private static final Word<String> EQUAL_TO = one("equals", TEXT, "The value is this text.");
    private static final List<Word<BigDecimal>> NUMBER_BOUNDS = bounds(NUMBER, "gt", "ge", "lt", "le");
    private static final List<Word<?>> TEXT_WORDS =
            Word.concat(List.of(EQUAL_TO), Term.words(TEXT_TERMS), NUMBER_BOUNDS);

    /** Reads comparisons of a text. */
    private static Optional<Comparison> text(BlockReader reader) {
        List<Condition> conditions = new ArrayList<>();
        TEXT_TERMS.forEach(term -> term.read(reader).forEach(conditions::add));
        bounds(reader, NUMBER_BOUNDS, Unit.NUMBER, conditions);
        reader.one(EQUAL_TO).ifPresent(text -> {
            Contradictions.ofText(text, conditions)
                    .forEach(problem -> reader.scope().contradiction(reader.node(), problem));
            conditions.add(0, Condition.equalTo(text));
        });
        return conditions.isEmpty() ? Optional.empty() : Optional.of(new Comparison(conditions));
    }

    /** Comparisons of a text, or the text itself, which may be read in another way. */
    static Value<Comparison> textsOr(Value<String> exact) {
        Block block = new Block("texts", "Comparisons of a text.", TEXT_WORDS, Limits.NOT_EMPTY);
        return Value.block(block, Comparisons::text)
                .orText(exact.map(text -> new Comparison(List.of(Condition.equalTo(text)))));
    }

    /**
     * A value within a text, compared.
     *
     * @param factory receives an empty subject only if it is not required
     */
    static <T, R> Value<R> compared(
            String name, String doc, Word<T> subject, BiFunction<Optional<T>, Comparison, R> factory) {
        List<String> names = TEXT_WORDS.stream().<String>map(Word::name).toList();
        Limits limits = new Limits(1, List.of(), List.of(), Limits.anyOf(names));
        return Value.block(new Block(name, doc, Word.concat(List.of(subject), TEXT_WORDS), limits), reader -> {
            Optional<T> found = reader.one(subject);
            Optional<Comparison> comparison = text(reader);
            // An element that can't be used has been noted already.
            if (reader.node().children().stream().allMatch(child -> child.name().equals(subject.name()))) {
                reader.scope().problem(reader.node(), "one of " + String.join(", ", names) + " is required");
            }
            return found.isEmpty() && subject.required()
                    ? Optional.empty()
                    : comparison.map(expected -> factory.apply(found, expected));
        });
    }
}
