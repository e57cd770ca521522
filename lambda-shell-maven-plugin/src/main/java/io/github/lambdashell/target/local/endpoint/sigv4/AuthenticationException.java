package io.github.lambdashell.target.local.endpoint.sigv4;

/** A request that isn't from who it should be. Every service has its own word for each kind. */
public final class AuthenticationException extends Exception {
    /** What is wrong with the signature. */
    public enum Kind {
        /** There is none. */
        MISSING,
        /** It lacks something, or can't be parsed. */
        MALFORMED,
        /** By a key that the endpoint doesn't know. */
        UNKNOWN_KEY,
        /** Made too long ago or in the future, or for a time that has ended. */
        EXPIRED,
        /** Made with another secret or for another request. */
        MISMATCH
    }

    private final Kind kind;

    AuthenticationException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** A body that isn't the one whose hash was signed. */
    public static AuthenticationException bodyMismatch() {
        return new AuthenticationException(
                Kind.MISMATCH, "The hash of the body does not match the x-amz-content-sha256 that was signed.");
    }

    public Kind kind() {
        return kind;
    }
}
