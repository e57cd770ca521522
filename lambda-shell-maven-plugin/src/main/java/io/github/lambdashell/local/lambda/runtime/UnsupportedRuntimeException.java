package io.github.lambdashell.local.lambda.runtime;

/** A function asks for a runtime that the local target can't run. */
public final class UnsupportedRuntimeException extends RuntimeException {
    /** @param message which runtime, and what is missing for it */
    public UnsupportedRuntimeException(String message) {
        super(message);
    }
}
