package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The lines that Lambda itself writes to a function's log, in its exact words. */
final class PlatformLines {
    private PlatformLines() {}

    static String initStart(FunctionDefinition function) {
        return "INIT_START Runtime Version: " + function.settings().runtime() + ":local\tRuntime Version ARN: "
                + function.runtimeVersionArn();
    }

    static String start(String requestId) {
        return "START RequestId: " + requestId + " Version: $LATEST";
    }

    /** Returns the lines at the end of an invocation: why the runtime can't go on, END and REPORT. */
    static String end(InvocationReport report, Optional<RuntimeFailure> failure) {
        String id = report.requestId();
        return failure.map(why -> failed(id, why)).orElse("") + "END RequestId: " + id + "\n" + report.line();
    }

    private static String failed(String requestId, RuntimeFailure failure) {
        return failure.isTimeout()
                ? Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + requestId + " " + failure.message() + "\n\n"
                : "RequestId: " + requestId + " Error: "
                        + (failure.isOfExtension() ? failure.message() + "\n" : "")
                        + failure.type() + "\n";
    }

    /**
     * Returns the REPORT line with its figures.
     *
     * @param duration of the invocation without the initialization
     * @param initDuration of the initialization, if there was one; it is billed too
     * @param failure why the runtime can't go on; empty if the function reported its error itself
     */
    static InvocationReport report(
            String requestId,
            Duration duration,
            Optional<Duration> initDuration,
            int memorySizeMb,
            int maxMemoryUsedMb,
            Optional<RuntimeFailure> failure) {
        Duration billed = duration.plus(initDuration.orElse(Duration.ZERO))
                .plusNanos(999_999)
                .truncatedTo(ChronoUnit.MILLIS);
        String line = "REPORT RequestId: " + requestId + "\tDuration: " + millis(duration) + " ms\tBilled Duration: "
                + billed.toMillis() + " ms\tMemory Size: " + memorySizeMb + " MB\tMax Memory Used: " + maxMemoryUsedMb
                + " MB\t"
                + initDuration
                        .map(init -> "Init Duration: " + millis(init) + " ms\t")
                        .orElse("")
                + failure.map(PlatformLines::status).orElse("");
        return new InvocationReport(
                line,
                requestId,
                duration,
                billed,
                memorySizeMb,
                maxMemoryUsedMb,
                initDuration,
                Optional.empty(),
                Optional.empty());
    }

    private static String status(RuntimeFailure failure) {
        return failure.isTimeout() ? "Status: timeout" : "Status: error\tError Type: " + failure.type();
    }

    private static String millis(Duration duration) {
        return BigDecimal.valueOf(Math.round(duration.toNanos() / 1e4), 2).toPlainString();
    }
}
