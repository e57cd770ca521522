package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The conditions of a single value, all of which must hold.
 *
 * @param conditions at least one, not null
 */
public record Comparison(List<Condition> conditions) {
    public Comparison {
        conditions = List.copyOf(conditions);
    }

    /** Returns the expected value, to follow "but expected". */
    public String expected() {
        return conditions.stream().map(Condition::expected).collect(Collectors.joining(" and "));
    }

    /** Returns the conditions that a text does not meet. */
    public List<Violation> ofText(String subject, String actual) {
        return violations(subject, actual, Text.quote(actual));
    }

    /** Returns the conditions that a quantity does not meet. */
    public List<Violation> ofQuantity(String subject, BigDecimal actual, Unit unit) {
        return violations(subject, actual.toPlainString(), unit.format(actual));
    }

    private List<Violation> violations(String subject, String actual, String shown) {
        return conditions.stream()
                .filter(condition -> !condition.holds().test(actual))
                .map(condition -> Violation.of(subject + " is " + shown + ", but expected " + condition.expected()))
                .toList();
    }
}
