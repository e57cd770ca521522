package io.github.lambdashell.aws;

import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Asks AWS who the caller is, which also proves that the credentials are good before anything is changed. */
final class IdentityCheck {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityCheck.class);
    private static final Set<Integer> NO_SUCH_SERVICE = Set.of(404, 405, 501);
    private static final Set<String> NO_SUCH_OPERATION = Set.of("InvalidAction", "UnknownOperationException");

    private IdentityCheck() {}

    static CallerIdentity ask(StsClient sts) {
        try {
            GetCallerIdentityResponse caller = sts.getCallerIdentity();
            return new CallerIdentity(caller.account(), caller.arn());
        } catch (AwsServiceException e) {
            if (isNotThere(e)) {
                LOG.debug("the endpoint has no STS", e);
                return new CallerIdentity("unknown", "an identity that this endpoint doesn't tell");
            }
            throw AwsFailure.of(e, "ask AWS who you are");
        } catch (SdkException e) {
            throw AwsFailure.of(e, "ask AWS who you are");
        }
    }

    /** Some emulators have no STS; AWS always has. */
    private static boolean isNotThere(AwsServiceException e) {
        return NO_SUCH_SERVICE.contains(e.statusCode())
                || Optional.ofNullable(e.awsErrorDetails())
                        .map(AwsErrorDetails::errorCode)
                        .filter(NO_SUCH_OPERATION::contains)
                        .isPresent();
    }
}
