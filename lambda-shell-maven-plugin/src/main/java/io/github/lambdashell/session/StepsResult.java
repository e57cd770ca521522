package io.github.lambdashell.session;

import io.github.lambdashell.protocol.Stragglers;
import io.github.lambdashell.target.InvocationReport;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one invocation with steps did.
 *
 * @param steps one result per step that was asked for, in that order; fewer only when the function's deadline came
 * @param sandbox the execution environment's id, not null
 * @param coldStart whether it was the first invocation of that execution environment
 * @param metrics what the REPORT line said; empty where the endpoint sent no log
 * @param stragglers processes that held the output after their shell had ended, not null
 */
public record StepsResult(
        List<StepResult> steps,
        String sandbox,
        boolean coldStart,
        Optional<InvocationReport> metrics,
        Stragglers stragglers)
        implements Closeable {
    public StepsResult {
        steps = List.copyOf(steps);
        Objects.requireNonNull(sandbox);
        Objects.requireNonNull(metrics);
        Objects.requireNonNull(stragglers);
    }

    /** Gives the outputs' temporary files back. */
    @Override
    public void close() throws IOException {
        for (StepResult step : steps) {
            step.stdout().close();
            step.stderr().close();
            step.output().close();
        }
    }
}
