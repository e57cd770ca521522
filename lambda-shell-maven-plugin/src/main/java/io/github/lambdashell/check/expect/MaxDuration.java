package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.DurationText;
import java.time.Duration;
import java.util.List;

/**
 * Expects a maximum duration of the command, as measured beside it.
 *
 * @param max inclusive, not null
 */
public record MaxDuration(Duration max) implements Expectation {
    @Override
    public List<Violation> violations(Observation seen) {
        Duration took = seen.command().duration();
        if (took.compareTo(max) <= 0) {
            return List.of();
        }
        return List.of(Violation.of("the command's duration is " + DurationText.format(took) + ", but expected at most "
                + DurationText.format(max)));
    }
}
