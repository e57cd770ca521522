package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.session.Output;
import java.util.List;

/**
 * Expects an empty stream, or some output.
 *
 * @param stream the stream, not null
 * @param expected whether it is expected to be empty
 */
public record IsEmpty(Stream stream, boolean expected) implements Expectation {
    private static final int MAX_SHOWN_BYTES = 4096;

    @Override
    public List<Violation> violations(Observation seen) {
        Output output = stream.of(seen.command());
        if ((output.size() == 0) == expected) {
            return List.of();
        }
        return List.of(Violation.of(
                expected
                        ? stream + " is " + Text.quote(output.text(MAX_SHOWN_BYTES)) + ", but expected it to be empty"
                        : stream + " is empty, but expected output"));
    }
}
