package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Text;
import java.math.BigDecimal;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** The comparison words. */
public final class Conditions {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,3})?");

    private Conditions() {}

    /** The value is this text. */
    public static Condition equalTo(String text) {
        return new Condition(Text.quote(text), text::equals);
    }

    /** The expression is found in the value. */
    public static Condition matching(Pattern pattern) {
        return new Condition("a match of " + pattern, value -> LineRegex.find(pattern, value) != null);
    }

    /** The value is this quantity. */
    public static Condition equalTo(BigDecimal operand, Unit unit) {
        return bound("", operand, unit, order -> order == 0);
    }

    /** The value is more than this. */
    public static Condition greaterThan(BigDecimal operand, Unit unit) {
        return bound("more than ", operand, unit, order -> order > 0);
    }

    /** The value is this or more. */
    public static Condition atLeast(BigDecimal operand, Unit unit) {
        return bound("at least ", operand, unit, order -> order >= 0);
    }

    /** The value is less than this. */
    public static Condition lessThan(BigDecimal operand, Unit unit) {
        return bound("less than ", operand, unit, order -> order < 0);
    }

    /** The value is this or less. */
    public static Condition atMost(BigDecimal operand, Unit unit) {
        return bound("at most ", operand, unit, order -> order <= 0);
    }

    private static Condition bound(String words, BigDecimal operand, Unit unit, IntPredicate order) {
        return new Condition(words + unit.format(operand), value -> {
            String number = value.strip();
            return NUMBER.matcher(number).matches() && order.test(new BigDecimal(number).compareTo(operand));
        });
    }
}
