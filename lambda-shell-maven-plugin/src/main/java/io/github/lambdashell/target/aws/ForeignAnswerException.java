package io.github.lambdashell.target.aws;

/** The response is not from AWS, but from a proxy or a portal. */
public final class ForeignAnswerException extends RuntimeException {
    private final int status;

    ForeignAnswerException(int status, String contentType, String host) {
        super("what answered for " + host + " was not AWS, but sent " + contentType + " (HTTP " + status
                + "), as proxies and login portals do");
        this.status = status;
    }

    /** Of HTTP; below 500 it says that the request went no further. */
    public int status() {
        return status;
    }
}
