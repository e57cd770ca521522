package io.github.lambdashell.config;

/** The isolation of functions from the machine. */
public enum IsolationMode {
    /** The best isolation that the machine allows. */
    AUTO,
    /** Full isolation, or an error if the machine does not allow it. */
    FULL,
    /** No isolation: plain processes of the user. */
    NONE
}
