package io.github.lambdashell.check;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One thing that must hold after a command. Stateless, so that one check may be tried again. */
public interface Expectation {
    /**
     * What does not hold.
     *
     * @return nothing when all is well
     * @throws IOException when the kept output or a golden file can't be read or written
     */
    List<Violation> violations(Observation seen) throws IOException;

    /**
     * A shell script that runs after the command in the same sandbox and gathers what the expectation needs to know.
     * Its result is in {@link Observation#probes()}.
     */
    default Optional<String> probe() {
        return Optional.empty();
    }
}
