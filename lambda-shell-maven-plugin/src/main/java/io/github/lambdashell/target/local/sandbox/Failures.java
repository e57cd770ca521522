package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.isolation.ExitStatus;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import java.time.Duration;
import java.util.Locale;

/** The failures that the platform notices, in Lambda's words. */
final class Failures {
    static final String TIMED_OUT = "Sandbox.Timedout";
    static final String EXITED = "Runtime.ExitError";

    private Failures() {}

    static Failure timedOut(String requestId, Duration timeout) {
        return Failure.of(
                TIMED_OUT, "RequestId: " + requestId + " Error: Task timed out after " + seconds(timeout) + " seconds");
    }

    static Failure exited(String requestId, ExitStatus status) {
        return Failure.of(
                EXITED, "RequestId: " + requestId + " Error: Runtime exited with error: " + status.description());
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toMillis() / 1000.0);
    }
}
