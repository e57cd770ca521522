package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Problem and remedy for an error of a service. The codes are from the services' API references. */
final class ServiceAnswer {
    private static final Map<String, String> REMEDIES = new TreeMap<>();

    /** The SDK's text for a response without a body. */
    private static final String NO_BODY = "<eof/>";

    /** Maximum length of a quoted response, in characters. */
    private static final int MAX_QUOTED = 300;

    private static final String LOG_IN =
            "The credentials have expired: log in again (aws login, aws sso login) and repeat the goal";
    private static final String CHECK_CREDENTIALS =
            "Check the credentials in use (mvn -X shows their source), the session token of temporary ones,"
                    + " and that the account has enabled this region";
    private static final String SET_CLOCK =
            "AWS accepts requests whose time is correct within five minutes: set this machine's clock";
    private static final String WRONG_REGION =
            "The bucket is in another region: specify that region with -Dlshell.region, or another bucket with"
                    + " -Dlshell.codeBucket";
    private static final String VPC_PERMISSIONS =
            "The function's role lacks permissions on network interfaces: deploy again without role, or attach"
                    + " the policy AWSLambdaVPCAccessExecutionRole to it";
    private static final String KMS =
            "Check that the key exists, is enabled, and that its policy allows the function's role to decrypt; then deploy"
                    + " again";
    private static final String TRY_AGAIN = "Repeat the goal in a minute: such failures are temporary";

    static {
        remedy(LOG_IN, "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");
        remedy(
                CHECK_CREDENTIALS,
                "InvalidClientTokenId",
                "UnrecognizedClientException",
                "InvalidAccessKeyId",
                "SignatureDoesNotMatch",
                "InvalidSignatureException",
                "IncompleteSignature",
                "InvalidToken",
                "MissingAuthenticationToken",
                "MissingAuthenticationTokenException",
                "OptInRequired");
        remedy(SET_CLOCK, "RequestTimeTooSkewed", "RequestExpired");
        remedy(
                "Ask for this permission (the plugin's page on AWS holds a policy with all that it needs), or use"
                        + " another identity with -Dlshell.profile",
                "AccessDenied",
                "AccessDeniedException",
                "UnauthorizedOperation",
                "AllAccessDisabled");
        remedy(Quota.SLOW_DOWN, "Throttling", "ThrottlingException", "RequestLimitExceeded", "SlowDown");
        remedy(
                "Bucket names are shared by all accounts: specify a bucket of yours with -Dlshell.codeBucket, or remove"
                        + " codeBucket, so that the stack creates its own",
                "BucketAlreadyExists");
        remedy(
                "Create the bucket, correct lshell.codeBucket, or remove it, so that the stack creates its own bucket",
                "NoSuchBucket");
        remedy(WRONG_REGION, "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException");
        remedy("Deploy it with lshell:deploy", "ResourceNotFoundException");
        remedy(
                "Repeat the goal when the deploy is complete: the function is still being created or updated",
                "ResourceConflictException");
        remedy(
                "Send less: a request is at most 6 MB, including standard input and the session's state",
                "RequestTooLargeException",
                "RequestEntityTooLargeException",
                "HTTP 413");
        remedy(VPC_PERMISSIONS, "EC2AccessDeniedException");
        remedy(
                "The subnets have no free address: specify larger or more subnets with <subnetIds> and deploy again",
                "SubnetIPAddressLimitReachedException");
        remedy(TRY_AGAIN, "ENINotReadyException");
        remedy("Correct <subnetIds> and deploy again", "InvalidSubnetIDException");
        remedy("Correct <securityGroupIds> and deploy again", "InvalidSecurityGroupIDException");
        remedy(TRY_AGAIN, "EC2ThrottledException", "EC2UnexpectedException", "ServiceException", "InternalFailure");
        remedy(TRY_AGAIN, "ServiceUnavailable", "InternalError");
        remedy(
                KMS,
                "KMSAccessDeniedException",
                "KMSDisabledException",
                "KMSInvalidStateException",
                "KMSNotFoundException");
        remedy("Deploy again with lshell:deploy, which packages the code again", "InvalidZipFileException");
        remedy("Specify a runtime that Lambda supports with <runtime> and deploy again", "InvalidRuntimeException");
        remedy(
                "A proxy between this machine and AWS requires a login: check its username and password in Maven's"
                        + " settings.xml",
                "HTTP 407");
        remedy(
                "Not an AWS endpoint: check lshell.endpoint and the AWS_ENDPOINT_URL variables",
                "InvalidAction",
                "UnknownOperationException",
                "HTTP 404",
                "HTTP 405",
                "HTTP 501");
        remedy(TRY_AGAIN, "HTTP 500", "HTTP 502", "HTTP 503", "HTTP 504");
    }

    private ServiceAnswer() {}

    private static void remedy(String remedy, String... codes) {
        for (String code : codes) {
            REMEDIES.put(code, remedy);
        }
    }

    static ShellException failure(AwsServiceException service, String action) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(service.awsErrorDetails());
        String status = "HTTP " + service.statusCode();
        String code = details.map(AwsErrorDetails::errorCode).orElse(status);
        String message = details.map(AwsErrorDetails::errorMessage).orElse("");
        if (isClockSkew(message)) {
            return new ShellException(
                    "Can't " + action + ": this machine's clock is wrong, AWS answered " + code + ", " + message,
                    SET_CLOCK,
                    service);
        }
        Optional<AccessDenied> denied = AccessDenied.parse(message);
        if (denied.isPresent()) {
            return new ShellException(
                    "Can't " + action + ": " + denied.get().problem(),
                    denied.get().remedy(),
                    service);
        }
        return new ShellException(
                "Can't " + action + ": " + (message.isEmpty() ? answered(code, details) : answeredByAws(code, message)),
                Optional.ofNullable(REMEDIES.get(code))
                        .or(() -> Quota.remedy(code + " " + message))
                        .orElse("Correct what the message names and repeat the goal"),
                service);
    }

    private static String answeredByAws(String code, String message) {
        return "AWS answered " + code + ", " + withoutFullStop(message);
    }

    /** Quotes a response that is not in AWS's form, such as one of a proxy or an emulator, because it may name the reason. */
    private static String answered(String code, Optional<AwsErrorDetails> details) {
        String text = details.map(AwsErrorDetails::rawResponse)
                // The SDK's own conversion fails for bytes that are not text.
                .map(raw -> new String(raw.asByteArrayUnsafe(), StandardCharsets.UTF_8))
                .filter(raw -> !raw.equals(NO_BODY))
                .orElse("")
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        if (text.isEmpty()) {
            return "the endpoint answered " + code + " without a reason";
        }
        return "the endpoint answered " + code + ": "
                + (text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + " [...]");
    }

    /** Returns whether a message reports a wrong clock; CloudFormation and Lambda have no error code for it. */
    private static boolean isClockSkew(String message) {
        return message.startsWith("Signature expired") || message.startsWith("Signature not yet current");
    }

    private static String withoutFullStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
