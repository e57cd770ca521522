package io.github.lambdashell.target;

import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.FunctionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A stack that can be used.
 *
 * @param name its name, not null
 * @param location its target, account and region, not null
 * @param functionName name of its function, with {@code :} and a version or alias if that is invoked, not null
 * @param function settings of its function, not null; a setting is null if the target does not return it
 * @param variables number of the function's own environment variables
 * @param codeKey key of its code, derived from the content; empty if unknown, not null
 * @param bucket the stack's own bucket; empty if it has none
 * @param origin its owner and expiry, not null
 */
public record DeployedStack(
        String name,
        StackLocation location,
        String functionName,
        FunctionSettings function,
        int variables,
        String codeKey,
        Optional<String> bucket,
        StackOrigin origin) {
    public DeployedStack {
        Objects.requireNonNull(name);
        Objects.requireNonNull(location);
        Objects.requireNonNull(functionName);
        Objects.requireNonNull(function);
        Objects.requireNonNull(codeKey);
        Objects.requireNonNull(bucket);
        Objects.requireNonNull(origin);
    }

    /**
     * Returns the stack with a function name that selects a version.
     *
     * @param qualifier version or alias, not null
     */
    public DeployedStack withQualifier(String qualifier) {
        return new DeployedStack(
                name, location, functionName + ":" + qualifier, function, variables, codeKey, bucket, origin);
    }

    /** Returns the function's timeout; empty if the target does not return it. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(function.timeout());
    }

    /** Returns the function's timeout for a message: {@code the function's timeout of 60 s}. */
    public String timeoutText() {
        return "the function's timeout"
                + timeout().map(limit -> " of " + DurationText.format(limit)).orElse("");
    }

    /** Returns whether the stack belongs to one build. */
    public boolean isTemporary() {
        return !name.equals(origin.base());
    }

    /** Returns for example "demo expired 3 h ago"; empty if the stack is not expired. */
    public Optional<String> expired(Instant now) {
        return origin.expires()
                .filter(until -> until.isBefore(now))
                .map(until -> name + " expired " + Ages.text(Duration.between(until, now)) + " ago");
    }
}
