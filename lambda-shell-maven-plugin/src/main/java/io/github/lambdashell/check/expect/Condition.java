package io.github.lambdashell.check.expect;

import java.util.function.Predicate;

/**
 * A comparison with its operand.
 *
 * @param expected the expectation, to follow "but expected": {@code less than 3}; not null
 * @param holds tests a value in its plain form: a text as it is, a quantity in its base unit; not null
 */
public record Condition(String expected, Predicate<String> holds) {}
