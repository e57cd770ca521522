package io.github.lambdashell.target;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The figures of one invocation's REPORT line.
 *
 * @param line the line as Lambda writes it to a log in plain text, not null
 * @param requestId Lambda's id of the invocation, not null
 * @param duration run time of the handler, not null
 * @param billedDuration billed time, which since August 2025 includes the initialization, not null
 * @param memorySize configured memory in MB
 * @param maxMemoryUsed peak memory of the execution environment in MB
 * @param initDuration time of the initialization; present only for a cold start
 * @param restoreDuration time of the restore from a snapshot; present only for the first invocation after it
 * @param runtimeVersion ARN of the runtime's version; present only for a cold start on AWS
 */
public record InvocationReport(
        String line,
        String requestId,
        Duration duration,
        Duration billedDuration,
        int memorySize,
        int maxMemoryUsed,
        Optional<Duration> initDuration,
        Optional<Duration> restoreDuration,
        Optional<String> runtimeVersion) {
    public InvocationReport {
        Objects.requireNonNull(line);
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(duration);
        Objects.requireNonNull(billedDuration);
        Objects.requireNonNull(initDuration);
        Objects.requireNonNull(restoreDuration);
        Objects.requireNonNull(runtimeVersion);
    }

    /** Returns the billed time multiplied by the memory, in GB-seconds, which AWS charges for. */
    public double gigabyteSeconds() {
        return billedDuration.toNanos() / 1e9 * memorySize / 1024;
    }
}
