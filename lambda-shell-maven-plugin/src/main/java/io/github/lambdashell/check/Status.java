package io.github.lambdashell.check;

/** The status of a check. */
public enum Status {
    /** All expectations are met. */
    PASSED,
    /** The command ran and an expectation is not met. */
    FAILED,
    /** The command ran and an expectation is not met, but a waiver holds. */
    WAIVED,
    /** The check could not be judged: AWS, the network, the function or this plugin failed. */
    ERROR,
    /** The check did not run. */
    SKIPPED;

    /** Returns whether the check failed or could not be judged. */
    public boolean isProblem() {
        return this == FAILED || this == ERROR;
    }
}
