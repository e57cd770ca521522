package io.github.lambdashell.check.run;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;

/** A listener of a run, such as a report. It is called by one thread at a time. */
public interface RunListener {
    /** Receives a check's result, in the order in which the checks are declared. */
    default void finished(CheckResult result) {}

    /**
     * Receives the results of the run at its end, also of one that was interrupted.
     *
     * @throws io.github.lambdashell.config.ShellException when a report can't be written
     */
    default void ended(CheckReport report) {}
}
