package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Condition;
import io.github.lambdashell.check.expect.Conditions;
import io.github.lambdashell.check.expect.VersionRange;
import io.github.lambdashell.config.tree.ConfigNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Comparisons of a text: the words that follow a {@code pattern} or a {@code path}. */
final class ComparisonBinder {
    private ComparisonBinder() {}

    /**
     * What the block asks of the value; empty when nothing of it can be used, which has then been noted.
     *
     * @param node the block
     * @param reader reads it
     * @param scope is the block's
     */
    static Optional<Comparison> bind(ConfigNode node, BlockReader reader, Scope scope) {
        Leaf leaf = new Leaf(scope);
        List<Condition> conditions = new ArrayList<>();
        reader.one("matches").flatMap(leaf::regex).map(Conditions::matching).ifPresent(conditions::add);
        Map<String, BigDecimal> bounds = new TreeMap<>();
        for (String word : QuantityBinder.BOUNDS) {
            reader.one(word).flatMap(leaf::number).ifPresent(operand -> {
                bounds.put(word, operand);
                conditions.add(QuantityBinder.bound(word, operand));
            });
        }
        reader.one("versionRange")
                .flatMap(written -> leaf.parsed(written, VersionRange::in))
                .ifPresent(conditions::add);
        QuantityBinder.contradiction(bounds).ifPresent(problem -> scope.problem(node, problem));
        reader.one("equals").flatMap(leaf::text).ifPresent(text -> {
            conditions.stream()
                    .filter(condition -> !condition.holds().test(text))
                    .forEach(condition -> scope.problem(
                            node, "nothing can be both " + Text.quote(text) + " and " + condition.expected()));
            conditions.add(0, Conditions.equalTo(text));
        });
        if (conditions.isEmpty()) {
            // Where a word could not be used, that has been noted already.
            if (node.children().size() <= 1) {
                scope.problem(node, "nothing is compared, add equals, matches, gt, ge, lt, le or versionRange");
            }
            return Optional.empty();
        }
        return Optional.of(new Comparison(conditions));
    }
}
