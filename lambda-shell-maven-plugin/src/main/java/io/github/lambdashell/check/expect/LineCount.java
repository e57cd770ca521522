package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;

/**
 * Expects a number of lines; text after the last newline is a line too.
 *
 * @param stream the stream, not null
 * @param comparison the expected number, not null
 */
public record LineCount(Stream stream, Comparison comparison) implements Expectation {
    private static final int CHUNK = 64 * 1024;

    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        BigDecimal lines = BigDecimal.valueOf(count(seen));
        return comparison.ofQuantity("the number of lines of " + stream, lines, Unit.NUMBER);
    }

    private long count(Observation seen) throws IOException {
        long newlines = 0;
        byte last = '\n';
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = stream.of(seen.command()).open()) {
            for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
                for (int i = 0; i < count; i++) {
                    newlines += chunk[i] == '\n' ? 1 : 0;
                }
                last = chunk[count - 1];
            }
        }
        return last == '\n' ? newlines : newlines + 1;
    }
}
