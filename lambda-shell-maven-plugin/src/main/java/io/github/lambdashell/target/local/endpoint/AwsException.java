package io.github.lambdashell.target.local.endpoint;

import java.util.Objects;

/** An error that the endpoint answers with, in the error form of the service that was asked. */
public final class AwsException extends RuntimeException {
    private final int status;
    private final String code;

    /**
     * @param status the HTTP status, 400 to 599
     * @param code AWS's name of the error, such as {@code ValidationError}
     * @param message for a person
     */
    public AwsException(int status, String code, String message) {
        super(Objects.requireNonNull(message), null, false, false);
        this.status = status;
        this.code = Objects.requireNonNull(code);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
