package io.github.lambdashell.target.aws;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** A request for the caller's identity, which also proves that the credentials are valid before anything is changed. */
final class IdentityCheck {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityCheck.class);

    private static final String UNKNOWN_ACCOUNT = "unknown";
    private static final String UNKNOWN_IDENTITY = "an identity that this endpoint does not return";

    private IdentityCheck() {}

    static CallerIdentity ask(StsClient sts) {
        try {
            GetCallerIdentityResponse caller = sts.getCallerIdentity();
            return new CallerIdentity(
                    Objects.requireNonNullElse(caller.account(), UNKNOWN_ACCOUNT),
                    Objects.requireNonNullElse(caller.arn(), UNKNOWN_IDENTITY));
        } catch (SdkException e) {
            // Some emulators don't support STS; AWS always does.
            if (AwsFailure.isUnknownOperation(e)) {
                LOG.debug("the endpoint has no STS", e);
                return new CallerIdentity(UNKNOWN_ACCOUNT, UNKNOWN_IDENTITY);
            }
            throw AwsFailure.of(e, "ask AWS who you are");
        }
    }
}
