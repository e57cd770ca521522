package io.github.lambdashell.stack;

import io.github.lambdashell.target.StackLocation;
import java.time.Instant;
import java.util.Objects;

/**
 * A stack that a build of this user created or is creating.
 *
 * @param stackName its name, not null
 * @param base the configured name, which differs from the stack's name if the stack is temporary, not null
 * @param location its target, account and region, not null
 * @param expires time of its expiry in ISO 8601, not null
 */
record StackRecord(String stackName, String base, StackLocation location, String expires) {
    StackRecord {
        Objects.requireNonNull(stackName);
        Objects.requireNonNull(base);
        Objects.requireNonNull(location);
        Objects.requireNonNull(expires);
    }

    /** Returns whether the stack belongs to one build. */
    boolean isTemporary() {
        return !stackName.equals(base);
    }

    boolean isExpired(Instant now) {
        return Instant.parse(expires).isBefore(now);
    }

    /** Returns the base name of the files that belong to a stack. */
    static String key(StackLocation location, String stackName) {
        return location.account().isEmpty()
                ? location.target() + "-" + stackName
                : location.target() + "-" + location.account() + "-" + location.region() + "-" + stackName;
    }
}
