package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.session.Output;
import java.util.List;

/**
 * Nothing at all was written, or something was.
 *
 * @param stream where, not null
 * @param expected whether nothing should be
 */
public record IsEmpty(Stream stream, boolean expected) implements Expectation {
    /** The most of a stream that a message is made from, in bytes. */
    private static final int SHOWN = 4096;

    @Override
    public List<Violation> violations(Observation seen) {
        Output output = stream.of(seen.command());
        if ((output.size() == 0) == expected) {
            return List.of();
        }
        return List.of(Violation.of(
                expected
                        ? stream + " is " + Text.quote(output.text(SHOWN)) + ", but expected it to be empty"
                        : stream + " is empty, but expected something"));
    }
}
