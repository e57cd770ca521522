package io.github.lambdashell.target.aws;

/** A response that is not from AWS, but from a proxy or a portal. */
public final class ForeignAnswerException extends RuntimeException {
    private final int status;

    ForeignAnswerException(int status, String contentType, String host) {
        super("what answered for " + host + " was not AWS, but sent " + contentType + " (HTTP " + status
                + "), as proxies and login portals do");
        this.status = status;
    }

    /** Returns the HTTP status; below 500 the request was not forwarded. */
    public int status() {
        return status;
    }
}
