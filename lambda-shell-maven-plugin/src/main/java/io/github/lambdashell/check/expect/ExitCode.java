package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Violation;
import java.math.BigDecimal;
import java.util.List;

/**
 * Expects an exit code. A command that a timeout ended has none of its own; the timeout is reported separately.
 *
 * @param comparison the expected value, not null
 */
public record ExitCode(Comparison comparison) implements Expectation {
    @Override
    public List<Violation> violations(Observation seen) {
        if (seen.command().timedOut()) {
            return List.of();
        }
        BigDecimal code = BigDecimal.valueOf(seen.command().exitCode());
        return comparison.ofQuantity("exit code", code, Unit.NUMBER);
    }
}
