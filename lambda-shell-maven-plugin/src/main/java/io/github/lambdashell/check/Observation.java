package io.github.lambdashell.check;

import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.target.InvocationReport;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was seen of one command that ran.
 *
 * @param command its own result, not null
 * @param coldStart whether its request was the first in its sandbox
 * @param metrics what the platform's report said of its request, empty where none came
 * @param probes what the expectations' own scripts said; one whose script the function's deadline cut off is missing
 */
public record Observation(
        StepResult command,
        boolean coldStart,
        Optional<InvocationReport> metrics,
        Map<Expectation, StepResult> probes) {
    public Observation {
        Objects.requireNonNull(command);
        Objects.requireNonNull(metrics);
        probes = Map.copyOf(probes);
    }
}
