package io.github.lambdashell.target.local.sandbox;

/** As many invocations of the function run as may run at once. */
public final class ConcurrencyExceededException extends Exception {
    ConcurrencyExceededException(int limit) {
        super("All " + limit + " sandboxes of the function are busy");
    }
}
