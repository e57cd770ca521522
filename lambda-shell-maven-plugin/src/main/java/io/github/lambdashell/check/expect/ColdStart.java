package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Violation;
import java.util.List;

/**
 * Expects the request to be the first in its sandbox, or not to be.
 *
 * @param expected whether it should be
 */
public record ColdStart(boolean expected) implements Expectation {
    @Override
    public List<Violation> violations(Observation seen) {
        if (seen.coldStart() == expected) {
            return List.of();
        }
        return List.of(Violation.of("coldStart is " + seen.coldStart() + ", but expected " + expected));
    }
}
