package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Violation;
import java.math.BigDecimal;
import java.util.List;

/**
 * The exit code, unless a deadline ended the command: that is told by itself, and the code is then not the command's.
 *
 * @param comparison what it should be, not null
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
