package io.github.lambdashell.stack;

import io.github.lambdashell.aws.Place;
import java.time.Instant;
import java.util.Objects;

/**
 * One stack that a build of this user made or is making.
 *
 * @param stackName its name, not null
 * @param base the name that was configured; another one when the stack is a temporary one; not null
 * @param place where it is, not null
 * @param expires when it is meant to be gone, in ISO 8601, not null
 */
record StackRecord(String stackName, String base, Place place, String expires) {
    StackRecord {
        Objects.requireNonNull(stackName);
        Objects.requireNonNull(base);
        Objects.requireNonNull(place);
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
    static String key(Place place, String stackName) {
        return place.account().isEmpty()
                ? place.target() + "-" + stackName
                : place.target() + "-" + place.account() + "-" + place.region() + "-" + stackName;
    }
}
