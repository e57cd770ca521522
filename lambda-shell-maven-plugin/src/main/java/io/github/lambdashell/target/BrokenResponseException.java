package io.github.lambdashell.target;

import io.github.lambdashell.config.ShellException;

/** A connection that broke after the response had begun, so the function has run at least in part. */
public final class BrokenResponseException extends ShellException {
    public BrokenResponseException(Throwable cause) {
        super(
                "The connection broke in the middle of the response; the command has run in part, and may still run",
                "Check what it did before you run it again; mvn -e shows the cause",
                cause);
    }
}
