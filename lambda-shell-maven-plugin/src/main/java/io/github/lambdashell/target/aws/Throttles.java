package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Problem and remedy for Lambda's HTTP 429, by its reason. */
final class Throttles {
    private Throttles() {}

    /** Returns the failure in the user's terms; empty if it is not a throttle. */
    static Optional<ShellException> words(Throwable failure) {
        if (!(failure instanceof TooManyRequestsException throttled)) {
            return Optional.empty();
        }
        String reason = throttled.reasonAsString() == null ? "" : throttled.reasonAsString();
        return Optional.of(new ShellException(
                "Lambda refused to run the command, again and again: " + what(reason)
                        + (reason.isEmpty() ? "" : " (" + reason + ")") + "; it did not run",
                remedy(reason),
                throttled));
    }

    private static String what(String reason) {
        return switch (reason) {
            case "ConcurrentInvocationLimitExceeded" ->
                "the account's functions use all its concurrency in this region";
            case "FunctionInvocationRateLimitExceeded" -> "the function is invoked too often in a second";
            case "ReservedFunctionConcurrentInvocationLimitExceeded" -> "the function's reserved concurrency is in use";
            case "ReservedFunctionInvocationRateLimitExceeded" ->
                "the function is invoked too often in a second for its reserved concurrency";
            case "CallerRateLimitExceeded" -> "this identity calls Lambda too often in a second";
            case "ConcurrentSnapshotCreateLimitExceeded" -> "too many snapshots are being created at once";
            default -> "too many requests";
        };
    }

    private static String remedy(String reason) {
        return switch (reason) {
            case "ConcurrentInvocationLimitExceeded" ->
                "Repeat the goal when the account is less busy, use fewer samples, run fewer checks at once"
                        + " (lshell.parallel), or "
                        + Quota.CONCURRENCY.request();
            case "ReservedFunctionConcurrentInvocationLimitExceeded", "ReservedFunctionInvocationRateLimitExceeded" ->
                "Somebody reserved concurrency for this function, which the plugin never does: remove that in the"
                        + " console, or run fewer checks and samples at once";
            default -> "Repeat the goal in a minute, or run fewer checks at once";
        };
    }
}
