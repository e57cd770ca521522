package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** The lines that Lambda itself writes to a function's log, letter by letter as it writes them. */
final class PlatformLines {
    private PlatformLines() {}

    static String initStart(FunctionDefinition function) {
        String region = function.arn().split(":")[3];
        return "INIT_START Runtime Version: " + function.runtime() + ":local\tRuntime Version ARN: arn:aws:lambda:"
                + region + "::runtime:local";
    }

    static String start(String requestId) {
        return "START RequestId: " + requestId + " Version: $LATEST";
    }

    static String end(String requestId) {
        return "END RequestId: " + requestId;
    }

    /** What stands before END when the runtime could not go on. */
    static String failure(String requestId, Failure failure, Duration timeout) {
        return failure.type().equals(Failures.TIMED_OUT)
                ? Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + requestId + " Task timed out after "
                        + Failures.seconds(timeout) + " seconds\n"
                : "RequestId: " + requestId + " Error: " + failure.type();
    }

    /**
     * The REPORT line.
     *
     * @param duration of the invocation without the initialization
     * @param initDuration of the initialization, if there was one; it is billed too
     * @param failure why the runtime could not go on; none when the function reported its error itself
     */
    static String report(
            String requestId,
            Duration duration,
            Optional<Duration> initDuration,
            int memorySizeMb,
            int maxMemoryUsedMb,
            Optional<Failure> failure) {
        Duration billed = duration.plus(initDuration.orElse(Duration.ZERO));
        StringBuilder line = new StringBuilder("REPORT RequestId: ")
                .append(requestId)
                .append("\tDuration: ")
                .append(millis(duration))
                .append(" ms\tBilled Duration: ")
                .append(billed.plusNanos(999_999).toMillis())
                .append(" ms\tMemory Size: ")
                .append(memorySizeMb)
                .append(" MB\tMax Memory Used: ")
                .append(maxMemoryUsedMb)
                .append(" MB\t");
        initDuration.ifPresent(
                init -> line.append("Init Duration: ").append(millis(init)).append(" ms\t"));
        failure.ifPresent(failed -> line.append(
                failed.type().equals(Failures.TIMED_OUT)
                        ? "Status: timeout"
                        : "Status: error\tError Type: " + failed.type()));
        return line.toString();
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
    }
}
