package io.github.lambdashell.stack;

import io.github.lambdashell.target.StackLocation;
import java.time.Instant;
import java.util.Objects;

/**
 * One stack that a build of this user made or is making.
 *
 * @param stackName its name, not null
 * @param base the name that was configured; another one when the stack is a temporary one; not null
 * @param location where it is, not null
 * @param expires when it is meant to be gone, in ISO 8601, not null
 */
record StackRecord(String stackName, String base, StackLocation location, String expires) {
    StackRecord {
        Objects.requireNonNull(stackName);
        Objects.requireNonNull(base);
        Objects.requireNonNull(location);
        Objects.requireNonNull(expires);
    }

    /** Whether the stack was to go with the build that made it. */
    boolean isTemporary() {
        return !stackName.equals(base);
    }

    boolean isExpired(Instant now) {
        return Instant.parse(expires).isBefore(now);
    }

    /** What the record's files are named after. */
    static String key(StackLocation location, String stackName) {
        return location.account().isEmpty()
                ? location.target() + "-" + stackName
                : location.target() + "-" + location.account() + "-" + location.region() + "-" + stackName;
    }
}
