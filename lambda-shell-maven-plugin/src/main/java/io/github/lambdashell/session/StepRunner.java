package io.github.lambdashell.session;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.Step;
import java.util.List;

/** Runs steps in one invocation and so in one sandbox. Safe for use by several threads. */
@FunctionalInterface
public interface StepRunner {
    /**
     * @param steps at least one, run one after the other, each in a fresh shell
     * @return what they did; the caller closes it
     * @throws ShellException when the function could not be asked, or broke
     * @throws InterruptedException when the caller's thread was interrupted while it waited
     */
    StepsResult run(List<Step> steps) throws InterruptedException;
}
