package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.DurationText;
import java.time.Duration;
import java.util.List;

/**
 * The command took no longer than this, as measured beside it.
 *
 * @param most inclusive, not null
 */
public record MaxDuration(Duration most) implements Expectation {
    @Override
    public List<Violation> violations(Observation seen) {
        Duration took = seen.command().duration();
        if (took.compareTo(most) <= 0) {
            return List.of();
        }
        return List.of(Violation.of("the command's duration is " + DurationText.format(took) + ", but expected at most "
                + DurationText.format(most)));
    }
}
