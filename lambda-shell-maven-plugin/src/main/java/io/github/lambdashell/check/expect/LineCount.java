package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Violation;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * Expects a number of lines; text after the last newline is a line too.
 *
 * @param stream the stream, not null
 * @param comparison the expected number, not null
 */
public record LineCount(Stream stream, Comparison comparison) implements Expectation {
    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        BigDecimal lines = BigDecimal.valueOf(stream.of(seen.command()).lines());
        return comparison.ofQuantity("the number of lines of " + stream, lines, Unit.NUMBER);
    }
}
