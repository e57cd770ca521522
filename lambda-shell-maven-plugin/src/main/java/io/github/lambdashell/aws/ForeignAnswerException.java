package io.github.lambdashell.aws;

import software.amazon.awssdk.core.exception.SdkClientException;

/** Something on the way answered in AWS's place. */
final class ForeignAnswerException extends SdkClientException {
    private static final long serialVersionUID = 1;

    ForeignAnswerException(int status, String contentType, String host) {
        super(builder()
                .message("what answered for " + host + " was not AWS, but sent " + contentType + " (HTTP " + status
                        + "), as proxies and login portals do"));
    }

    /** Asking again would bring the same page. */
    @Override
    public boolean retryable() {
        return false;
    }
}
