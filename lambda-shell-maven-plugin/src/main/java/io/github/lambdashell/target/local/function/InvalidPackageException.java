package io.github.lambdashell.target.local.function;

/** A package that Lambda rejects; the message is Lambda's. */
public final class InvalidPackageException extends Exception {
    InvalidPackageException(String message) {
        super(message);
    }

    InvalidPackageException(String message, Throwable cause) {
        super(message, cause);
    }
}
