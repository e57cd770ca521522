package io.github.lambdashell.invoke;

import io.github.lambdashell.aws.AwsFailure;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/**
 * Repeats an invocation only after an answer that proves that the command never ran: a throttle, a function that is
 * still pending, a connection that was never made. Everything else is for the user to judge.
 */
final class Refusals {
    private static final int MAX_ATTEMPTS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    /** Lambda's status for operations that an endpoint does not have; emulators use all three. */
    private static final Set<Integer> UNKNOWN_OPERATION_STATUS = Set.of(404, 405, 501);

    /** One attempt. */
    interface Attempt<T> {
        T send() throws ExecutionException, InterruptedException;
    }

    <T> T retrying(Attempt<T> attempt) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int attempts = 1; ; attempts++) {
            try {
                return attempt.send();
            } catch (ExecutionException e) {
                if (attempts == MAX_ATTEMPTS || !neverRan(e.getCause())) {
                    throw AwsFailure.of(e.getCause(), "invoke the function");
                }
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2);
            }
        }
    }

    /** Whether the endpoint or the region has no such operation, which proves that nothing ran. */
    static boolean isUnknownOperation(Throwable failure) {
        return failure instanceof AwsServiceException service
                && UNKNOWN_OPERATION_STATUS.contains(service.statusCode())
                && (service.awsErrorDetails() == null
                        || !"ResourceNotFoundException"
                                .equals(service.awsErrorDetails().errorCode()));
    }

    private static boolean neverRan(Throwable failure) {
        if (failure instanceof TooManyRequestsException || failure instanceof ResourceConflictException) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }
}
