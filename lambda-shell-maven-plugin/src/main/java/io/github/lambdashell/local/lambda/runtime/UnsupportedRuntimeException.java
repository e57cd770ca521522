package io.github.lambdashell.local.lambda.runtime;

/** A function asks for a runtime that the local target can't run. */
public final class UnsupportedRuntimeException extends RuntimeException {
    public UnsupportedRuntimeException(String runtime) {
        super("The local target runs Java functions (java8.al2 to java25), and can't run " + runtime);
    }
}
