package io.github.lambdashell.target.local.endpoint.sigv4;

/** A failed authentication of a request. Each service has its own error code for each kind. */
public final class AuthenticationException extends Exception {
    /** Kinds of failures. */
    public enum Kind {
        /** The request has no signature. */
        MISSING,
        /** The signature is incomplete or can't be parsed. */
        MALFORMED,
        /** The endpoint does not know the access key. */
        UNKNOWN_KEY,
        /** The signature is too old, from the future, or expired. */
        EXPIRED,
        /** The signature was created with another secret or for another request. */
        MISMATCH
    }

    private final Kind kind;

    AuthenticationException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** Returns the exception for a body that does not have the signed hash. */
    public static AuthenticationException bodyMismatch() {
        return new AuthenticationException(
                Kind.MISMATCH, "The hash of the body does not match the x-amz-content-sha256 that was signed.");
    }

    public Kind kind() {
        return kind;
    }
}
