package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Condition;
import io.github.lambdashell.check.expect.Conditions;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.config.tree.ConfigNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Comparisons of a quantity: a bare one that is to be met, or a block of bounds. */
final class QuantityBinder {
    /** The words of bounds in the order in which a contradiction names them. */
    static final List<String> BOUNDS = List.of("gt", "ge", "lt", "le");

    private static final Map<String, BiFunction<BigDecimal, Unit, Condition>> CONDITIONS = Map.of(
            "equals", Conditions::equalTo,
            "gt", Conditions::greaterThan,
            "ge", Conditions::atLeast,
            "lt", Conditions::lessThan,
            "le", Conditions::atMost);

    private QuantityBinder() {}

    /** What the word asks for; empty when nothing of it can be used, which has then been noted. */
    static Optional<Comparison> bind(ConfigNode node, Unit unit, Scope scope) {
        if (node.children().isEmpty()) {
            return new Leaf(scope)
                    .quantity(node, unit)
                    .map(quantity -> new Comparison(List.of(Conditions.equalTo(quantity, unit))));
        }
        Scope inner = scope.in(node.name());
        BlockReader reader = new BlockReader(node, Block.QUANTITIES, inner);
        Map<String, BigDecimal> operands = new TreeMap<>();
        for (Word word : Block.QUANTITIES.words()) {
            reader.one(word.name())
                    .flatMap(leaf -> new Leaf(inner).quantity(leaf, unit))
                    .ifPresent(operand -> operands.put(word.name(), operand));
        }
        contradiction(operands).ifPresent(problem -> inner.problem(node, problem));
        List<Condition> conditions = new ArrayList<>();
        operands.forEach((word, operand) -> conditions.add(CONDITIONS.get(word).apply(operand, unit)));
        return conditions.isEmpty() ? Optional.empty() : Optional.of(new Comparison(conditions));
    }

    /** A bound on a number in a text. */
    static Condition bound(String word, BigDecimal operand) {
        return CONDITIONS.get(word).apply(operand, Unit.NUMBER);
    }

    /** Why no value could meet all bounds. */
    static Optional<String> contradiction(Map<String, BigDecimal> operands) {
        for (String low : List.of("gt", "ge", "equals")) {
            for (String high : List.of("lt", "le", "equals")) {
                if (operands.containsKey(low) && operands.containsKey(high) && !low.equals(high)) {
                    int order = operands.get(low).compareTo(operands.get(high));
                    boolean strict = low.equals("gt") || high.equals("lt");
                    if (order > 0 || order == 0 && strict) {
                        return Optional.of("nothing can be both " + low + " "
                                + operands.get(low).toPlainString() + " and " + high + " "
                                + operands.get(high).toPlainString());
                    }
                }
            }
        }
        return Optional.empty();
    }
}
