package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/**
 * Retries of an invocation. It is repeated only if the command certainly did not run: after a throttle, for a pending
 * function, a sandbox without network, a signature with a wrong time, or a connection that was not established. All
 * other failures are reported to the user.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final int MAX_ATTEMPTS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** Error codes of Lambda's Invoke for temporary failures. */
    private static final Set<String> PASSING = Set.of(
            "TooManyRequestsException",
            "ResourceConflictException",
            "EC2ThrottledException",
            "ENINotReadyException",
            "SnapStartNotReadyException",
            "RequestTimeTooSkewed");

    private final Duration firstPause;

    Refusals() {
        this(FIRST_PAUSE);
    }

    /**
     * Creates the retries of one function.
     *
     * @param firstPause pause before the second attempt, doubled for each further one; Lambda can require a longer one
     */
    Refusals(Duration firstPause) {
        this.firstPause = firstPause;
    }

    /** A single attempt. */
    interface Attempt<T> {
        T send() throws ExecutionException, InterruptedException;
    }

    <T> T retrying(Attempt<T> attempt) throws InterruptedException {
        Duration pause = firstPause;
        for (int attempts = 1; ; attempts++) {
            try {
                return attempt.send();
            } catch (ExecutionException e) {
                Throwable failure = e.getCause();
                if (!neverRan(failure)) {
                    throw unknown(failure);
                }
                if (attempts == MAX_ATTEMPTS) {
                    throw Throttles.words(failure).orElseGet(() -> AwsFailure.of(failure, "invoke the function"));
                }
                LOG.debug("the command did not run, retrying: {}", failure.getMessage());
                Thread.sleep(longer(pause, retryAfter(failure)).toMillis());
                pause = pause.multipliedBy(2);
            }
        }
    }

    private static boolean neverRan(Throwable failure) {
        if (failure instanceof AwsServiceException service) {
            return PASSING.contains(AwsFailure.code(service)) || hasWrongTime(service);
        }
        return Causes.find(failure, ConnectException.class).isPresent();
    }

    /**
     * Returns whether the request's time was wrong. The SDK learns the right time from the response, so the next
     * signature is valid.
     */
    private static boolean hasWrongTime(AwsServiceException service) {
        return AwsFailure.code(service).equals("InvalidSignatureException")
                && service.getMessage().contains("Signature")
                && (service.getMessage().contains("expired")
                        || service.getMessage().contains("not yet current"));
    }

    /**
     * Returns the failure for the user. After a refusal with a reason, nothing ran; without a response or after a
     * crash, it is unknown whether the command ran.
     */
    private static ShellException unknown(Throwable failure) {
        ShellException words = AwsFailure.of(failure, "invoke the function");
        boolean refused = AwsFailure.isNeverSent(failure)
                || Causes.find(failure, ForeignAnswerException.class)
                        .filter(foreign -> foreign.status() < 500)
                        .isPresent()
                || failure instanceof AwsServiceException service
                        && (service.statusCode() < 500 || isSandboxTrouble(service));
        return refused
                ? words
                : new ShellException(
                        words.problem() + "; the command may have run",
                        "Check what it did before you run it again; mvn -e shows the cause",
                        failure);
    }

    /**
     * Returns whether Lambda could not set up the sandbox, because of its network, its keys or its code: HTTP 502 with
     * an error code.
     */
    private static boolean isSandboxTrouble(AwsServiceException service) {
        return service.statusCode() == 502 && !AwsFailure.code(service).isEmpty();
    }

    private static Duration retryAfter(Throwable failure) {
        return failure instanceof TooManyRequestsException throttled
                        && throttled.retryAfterSeconds() != null
                        && throttled.retryAfterSeconds().matches("\\d{1,4}")
                ? Duration.ofSeconds(Long.parseLong(throttled.retryAfterSeconds()))
                : Duration.ZERO;
    }

    private static Duration longer(Duration one, Duration other) {
        Duration longer = one.compareTo(other) > 0 ? one : other;
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
}
