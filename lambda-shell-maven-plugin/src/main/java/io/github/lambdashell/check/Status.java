package io.github.lambdashell.check;

/** What became of a check. */
public enum Status {
    /** Every expectation held. */
    PASSED,
    /** The command ran and something did not hold. */
    FAILED,
    /** It could not be found out: AWS, the network, the function or this plugin failed. */
    ERROR,
    /** It did not run. */
    SKIPPED
}
