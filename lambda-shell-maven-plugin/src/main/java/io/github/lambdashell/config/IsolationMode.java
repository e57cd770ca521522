package io.github.lambdashell.config;

/** How far functions are to be kept apart from the machine. */
public enum IsolationMode {
    /** As far as the machine allows. */
    AUTO,
    /** Wholly; fails where the machine does not allow it. */
    FULL,
    /** Plain processes of the user. */
    NONE
}
