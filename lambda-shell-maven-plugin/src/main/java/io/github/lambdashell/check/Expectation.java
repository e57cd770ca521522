package io.github.lambdashell.check;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An expectation of a command. Stateless, because a check may be retried. */
public interface Expectation {
    /**
     * Returns the violations.
     *
     * @return empty when the expectation is met
     * @throws IOException when the kept output or a golden file can't be read or written
     */
    List<Violation> violations(Observation seen) throws IOException;

    /**
     * Returns a shell script that runs after the command in the same sandbox and collects facts. Its result is in {@link Observation#probes()}.
     */
    default Optional<String> probe() {
        return Optional.empty();
    }
}
