package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.isolation.ExitStatus;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The reason why a runtime can't go on, in Lambda's words.
 *
 * @param type such as {@code Runtime.ExitError}
 * @param message what the platform noticed, without the request's id; empty if the runtime reported the failure
 * @param reported the runtime's own report
 */
record RuntimeFailure(String type, String message, Optional<Failure> reported) {
    private static final String TIMED_OUT = "Sandbox.Timedout";

    static RuntimeFailure timedOut(Duration timeout) {
        String seconds = String.format(Locale.ROOT, "%.2f", timeout.toMillis() / 1000.0);
        return new RuntimeFailure(TIMED_OUT, "Task timed out after " + seconds + " seconds", Optional.empty());
    }

    static RuntimeFailure exited(ExitStatus status, boolean isJava) {
        String message = status.code() == 0
                ? "Runtime exited without providing a reason"
                : "Runtime exited with error: " + (isJava ? status.javaDescription() : status.description());
        return new RuntimeFailure("Runtime.ExitError", message, Optional.empty());
    }

    static RuntimeFailure invalidEntrypoint(String message) {
        return new RuntimeFailure("Runtime.InvalidEntrypoint", message, Optional.empty());
    }

    static RuntimeFailure reported(Failure failure) {
        return new RuntimeFailure(failure.type(), "", Optional.of(failure));
    }

    boolean isTimeout() {
        return type.equals(TIMED_OUT);
    }

    boolean isOfExtension() {
        return type.startsWith("Extension.");
    }

    Failure toFailure(String requestId) {
        return reported.orElseGet(() -> Failure.of(type, "RequestId: " + requestId + " Error: " + message));
    }
}
