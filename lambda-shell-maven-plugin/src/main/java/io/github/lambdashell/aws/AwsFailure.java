package io.github.lambdashell.aws;

import io.github.lambdashell.config.ShellException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says a failure of the AWS SDK as a problem and its remedy. */
public final class AwsFailure {
    private AwsFailure() {}

    /**
     * @param failure of the SDK, or what wraps one
     * @param action what was tried, as it follows "can't", for example "create the stack demo"
     */
    public static ShellException of(Throwable failure, String action) {
        if (failure instanceof ShellException known) {
            return known;
        }
        if ((failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            return of(failure.getCause(), action);
        }
        if (failure instanceof AwsServiceException service) {
            return ofService(service, action);
        }
        if (failure instanceof SdkClientException) {
            return ofClient(failure, action);
        }
        return new ShellException("Can't " + action + ": " + failure, "See the cause with mvn -e", failure);
    }

    private static ShellException ofService(AwsServiceException service, String action) {
        String code = service.awsErrorDetails() == null
                ? "HTTP " + service.statusCode()
                : service.awsErrorDetails().errorCode();
        String message = service.awsErrorDetails() == null
                ? service.getMessage()
                : service.awsErrorDetails().errorMessage();
        return new ShellException(
                "Can't " + action + ": AWS answered " + code + ", " + message, remedyOf(code), service);
    }

    private static String remedyOf(String code) {
        return switch (code) {
            case "ExpiredToken", "ExpiredTokenException", "RequestExpired" ->
                "The credentials have expired: log in again (aws sso login, aws login) and repeat the goal";
            case "InvalidClientTokenId",
                    "UnrecognizedClientException",
                    "SignatureDoesNotMatch",
                    "InvalidAccessKeyId",
                    "IncompleteSignature" -> "Check the credentials in use and, for temporary ones, the session token";
            case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation" ->
                "Ask for this permission for the identity in use, or name another one with -Dlshell.profile";
            case "Throttling", "ThrottlingException", "TooManyRequestsException" ->
                "AWS asks to slow down: repeat the goal in a minute";
            case "RequestTooLargeException", "HTTP 413" ->
                "Send less: a request holds 6 MB, standard input and state included";
            default -> "Mend what the answer names and repeat the goal";
        };
    }

    private static ShellException ofClient(Throwable failure, String action) {
        String message = String.valueOf(failure.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("unable to load region")) {
            return new ShellException(
                    "Can't " + action + ": no region is set",
                    "Name one with -Dlshell.region=..., AWS_REGION, or in the profile",
                    failure);
        }
        if (lower.contains("unable to load credentials") || lower.contains("unable to resolve credentials")) {
            return new ShellException(
                    "Can't " + action + ": no AWS credentials were found",
                    "Log in (aws login, aws sso login), set AWS_PROFILE or -Dlshell.profile, or use"
                            + " -Dlshell.target=local, which needs none",
                    failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof ConnectException) {
                return new ShellException(
                        "Can't " + action + ": the endpoint is not reachable (" + cause.getMessage() + ")",
                        "Check the network, the proxy, lshell.region and lshell.endpoint",
                        failure);
            }
        }
        return new ShellException(
                "Can't " + action + ": " + message,
                "Check the network and the endpoint; mvn -e shows the cause",
                failure);
    }
}
