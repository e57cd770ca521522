package io.github.lambdashell.session;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.target.SideChannel;
import java.util.List;
import java.util.Optional;

/** A runner of steps in one invocation, and thus in one sandbox. Safe for use by several threads. */
@FunctionalInterface
public interface StepRunner {
    /**
     * Runs steps one after the other, each in a new shell.
     *
     * @param steps at least one
     * @return their results; the caller closes them
     * @throws ShellException if the function could not be invoked or failed
     * @throws InterruptedException if the calling thread was interrupted while it waited
     */
    StepsResult run(List<Step> steps) throws InterruptedException;

    /**
     * Runs steps as {@link #run(List)} does.
     *
     * @param begun called once, with the first output or before it
     */
    default StepsResult run(List<Step> steps, Runnable begun) throws InterruptedException {
        begun.run();
        return run(steps);
    }

    /** Returns the channel to running commands; empty if there is none. */
    default Optional<SideChannel> sideChannel() {
        return Optional.empty();
    }

    /**
     * Returns a runner beside whose steps the project's handler runs; it also receives their events.
     *
     * @throws UnsupportedOperationException if the runner has no handler
     */
    default StepRunner with(ProjectHandler handler) {
        throw new UnsupportedOperationException("the runner has no handler");
    }

    /**
     * Returns a runner whose invocations each have a new sandbox, which is not used again.
     *
     * @throws UnsupportedOperationException if the target chooses the sandbox
     */
    default StepRunner isolated() {
        throw new UnsupportedOperationException("the target chooses the sandbox");
    }
}
