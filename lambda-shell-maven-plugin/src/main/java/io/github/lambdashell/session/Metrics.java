package io.github.lambdashell.session;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What the platform's REPORT line says of one invocation.
 *
 * @param requestId Lambda's id of the invocation, not null
 * @param duration how long the handler ran, not null
 * @param billedDuration what is billed, since August 2025 with the initialization, not null
 * @param memorySize configured memory in MB
 * @param maxMemoryUsed the most the execution environment has used, in MB
 * @param initDuration how long the initialization took, present for a cold start
 */
public record Metrics(
        String requestId,
        Duration duration,
        Duration billedDuration,
        int memorySize,
        int maxMemoryUsed,
        Optional<Duration> initDuration) {
    public Metrics {
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(duration);
        Objects.requireNonNull(billedDuration);
        Objects.requireNonNull(initDuration);
    }

    /** Billed time by memory, which is what AWS puts a price on. */
    public double gigabyteSeconds() {
        return billedDuration.toNanos() / 1e9 * memorySize / 1024;
    }
}
