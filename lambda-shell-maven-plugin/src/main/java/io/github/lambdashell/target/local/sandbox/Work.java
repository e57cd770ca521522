package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.isolation.ExitStatus;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import io.github.lambdashell.target.local.runtimeapi.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a runtime is busy with, its initialization or an invocation: done when the runtime asks for its next event, or
 * when it has ended.
 */
final class Work {
    private final String requestId;
    private final Optional<Response> response;
    private final CompletableFuture<Optional<Failure>> done = new CompletableFuture<>();
    private volatile Failure reason;

    /**
     * @param requestId stands in the failures
     * @param response the answer of an invocation, empty for an initialization
     */
    Work(String requestId, Optional<Response> response) {
        this.requestId = requestId;
        this.response = response;
    }

    /** The runtime asks for its next event. */
    void succeed() {
        done.complete(Optional.empty());
    }

    /** The runtime has said why it can't go on. */
    void fail(Failure failure) {
        done.complete(Optional.of(failure));
    }

    /** The platform is about to kill the runtime, for this reason. */
    void abort(Failure why) {
        reason = why;
        response.ifPresent(answer -> answer.fail(why));
    }

    /** The runtime has ended. */
    void ended(ExitStatus status) {
        Failure failure = reason == null ? Failures.exited(requestId, status) : reason;
        response.ifPresent(answer -> answer.fail(failure));
        done.complete(Optional.of(failure));
    }

    /**
     * Waits for its end.
     *
     * @return the failure; empty when the runtime asked for its next event, and was not to be killed even so
     */
    Optional<Failure> await() throws InterruptedException {
        try {
            Optional<Failure> failure = done.get();
            return failure.or(() -> Optional.ofNullable(reason));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Waits for its end, not without limit.
     *
     * @throws TimeoutException when it goes on
     */
    Optional<Failure> await(Duration limit) throws InterruptedException, TimeoutException {
        try {
            return done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
