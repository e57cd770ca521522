package io.github.lambdashell.check;

import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.target.InvocationReport;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The observation of a command that ran.
 *
 * @param command the command's result, not null
 * @param coldStart whether its request was the first in its sandbox
 * @param metrics the platform's report of its request, empty where none arrived
 * @param probes the results of the expectations' scripts, without those that the function's timeout prevented
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

    /** Returns the observation of a command alone, without anything about its request. */
    public static Observation of(StepResult command) {
        return new Observation(command, false, Optional.empty(), Map.of());
    }
}
