package io.github.lambdashell.session;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.Step;
import java.util.List;

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
}
