package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Problem and remedy for a failure of the AWS SDK. */
public final class AwsFailure {
    /** HTTP statuses for operations that an endpoint does not have; emulators use all three. */
    private static final Set<Integer> UNKNOWN_OPERATION_STATUS = Set.of(404, 405, 501);

    private static final Set<String> UNKNOWN_OPERATION_CODES = Set.of("InvalidAction", "UnknownOperationException");

    private AwsFailure() {}

    /** Returns whether no connection was established, so that the request can't have arrived. */
    public static boolean isNeverSent(Throwable failure) {
        return NoAnswer.isNeverSent(failure);
    }

    /** Returns whether the endpoint or the region has no such operation, which proves that nothing was done. */
    public static boolean isUnknownOperation(Throwable failure) {
        Optional<ForeignAnswerException> page = Causes.find(failure, ForeignAnswerException.class);
        if (page.isPresent()) {
            // Emulators' web servers have only some paths.
            return UNKNOWN_OPERATION_STATUS.contains(page.get().status());
        }
        return failure instanceof AwsServiceException service
                && (UNKNOWN_OPERATION_CODES.contains(code(service))
                        || UNKNOWN_OPERATION_STATUS.contains(service.statusCode())
                                && !code(service).equals("ResourceNotFoundException"));
    }

    /** Returns the service's error code; empty if it sent none. */
    public static String code(AwsServiceException service) {
        return Optional.ofNullable(service.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
    }

    /**
     * Returns the failure in the user's terms.
     *
     * @param failure of the SDK, or an exception that wraps one
     * @param action the failed action as it follows "can't", for example "create the stack demo"
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
            return ServiceAnswer.failure(service, action);
        }
        if (failure instanceof AbortedException) {
            return new ShellException(
                    "Interrupted while trying to " + action,
                    "Run lshell:teardown to be sure that nothing is left",
                    failure);
        }
        if (failure instanceof SdkClientException) {
            return NoAnswer.failure(failure, action);
        }
        return new ShellException("Can't " + action + ": " + failure, "mvn -e shows the cause", failure);
    }
}
