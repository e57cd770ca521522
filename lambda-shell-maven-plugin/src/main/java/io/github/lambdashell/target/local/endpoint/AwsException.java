package io.github.lambdashell.target.local.endpoint;

import java.util.Objects;

/** An error response of the endpoint, independent of the form in which the service sends errors. */
public final class AwsException extends RuntimeException {
    private final int status;
    private final String code;

    /**
     * Creates an error.
     *
     * @param status HTTP status, 400 to 599
     * @param code AWS's name of the error, such as {@code ValidationError}, not null
     * @param message message for a person, not null
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
