package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Text;
import java.math.BigDecimal;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A comparison with its operand.
 *
 * @param expected the expectation, to follow "but expected": {@code less than 3}; not null
 * @param holds tests a value in its plain form: a text as it is, a quantity in its base unit; not null
 */
public record Condition(String expected, Predicate<String> holds) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,3})?");

    /** Returns the condition that a value is a text. */
    public static Condition equalTo(String text) {
        return new Condition(Text.quote(text), text::equals);
    }

    /** Returns the condition that an expression is found in the value. */
    public static Condition matching(Pattern pattern) {
        return new Condition(
                "a match of " + Text.apostrophes(pattern.pattern()), value -> LineRegex.find(pattern, value) != null);
    }

    /**
     * Returns the condition that a number is within a bound.
     *
     * @param name {@code equals}, {@code gt}, {@code ge}, {@code lt} or {@code le}
     */
    public static Condition bound(String name, BigDecimal operand, Unit unit) {
        return switch (name) {
            case "equals" -> bound("", operand, unit, order -> order == 0);
            case "gt" -> bound("more than ", operand, unit, order -> order > 0);
            case "ge" -> bound("at least ", operand, unit, order -> order >= 0);
            case "lt" -> bound("less than ", operand, unit, order -> order < 0);
            case "le" -> bound("at most ", operand, unit, order -> order <= 0);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Condition bound(String words, BigDecimal operand, Unit unit, IntPredicate order) {
        return new Condition(words + unit.format(operand), value -> {
            String number = value.strip();
            return NUMBER.matcher(number).matches() && order.test(new BigDecimal(number).compareTo(operand));
        });
    }
}
