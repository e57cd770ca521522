package io.github.lambdashell.check;

import io.github.lambdashell.session.StepResult;

/** Hears of checks as they are run. Calls come one at a time. */
public interface CheckListener {
    /**
     * A check is done. Called in the order in which the checks are declared, also when they run side by side.
     *
     * @param result what became of it
     */
    void finished(CheckResult result);

    /**
     * A check's command has ended and its whole output can be read, for as long as this call lasts. Called for every
     * try, in the order in which they end.
     */
    default void ran(Check check, StepResult command) {}
}
