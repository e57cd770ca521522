package io.github.lambdashell.session;

import io.github.lambdashell.protocol.Stragglers;
import io.github.lambdashell.target.InvocationReport;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of one invocation with steps.
 *
 * @param steps one result per requested step, in order; fewer only if the function's timeout ended the invocation
 * @param sandbox id of the execution environment, not null
 * @param coldStart whether it was the first invocation of the execution environment
 * @param metrics figures of the REPORT line; empty if the endpoint sent no log
 * @param stragglers processes that still held the output when their shell had ended, not null
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

    /** Deletes the temporary files of the outputs. */
    @Override
    public void close() throws IOException {
        for (StepResult step : steps) {
            step.stdout().close();
            step.stderr().close();
            step.output().close();
        }
    }
}
