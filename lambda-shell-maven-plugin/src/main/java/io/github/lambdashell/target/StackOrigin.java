package io.github.lambdashell.target;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * Who deployed a stack, when, and until when it is meant to exist.
 *
 * @param base the configured name, which is not the stack's own if the stack is temporary, not null
 * @param owner the user who deployed it, not null
 * @param created when it was created; empty if unknown
 * @param expires when it is meant to be removed; empty if unknown
 */
public record StackOrigin(String base, String owner, Optional<Instant> created, Optional<Instant> expires) {
    public StackOrigin {
        Objects.requireNonNull(base);
        Objects.requireNonNull(owner);
    }

    /** Returns the origin of a stack that this build's user creates now. */
    public static StackOrigin of(String base, Duration expiresAfter, Instant now) {
        return new StackOrigin(
                base,
                currentUser(),
                Optional.of(now.truncatedTo(ChronoUnit.SECONDS)),
                Optional.of(now.plus(expiresAfter).truncatedTo(ChronoUnit.SECONDS)));
    }

    /**
     * Returns the origin after an update. The expiry stays while at least half of the time remains, so that a stack in use
     * is extended, but not by every deploy: an unchanged deploy then changes nothing.
     */
    public StackOrigin extended(Duration expiresAfter, Instant now) {
        Instant expiry = expires.filter(until ->
                        until.isAfter(now.plus(expiresAfter.dividedBy(2))) && !until.isAfter(now.plus(expiresAfter)))
                .orElse(now.plus(expiresAfter).truncatedTo(ChronoUnit.SECONDS));
        return new StackOrigin(base, owner, created, Optional.of(expiry));
    }

    /** Returns the build's user, in the characters that a tag of AWS may have. */
    public static String currentUser() {
        String user = System.getProperty("user.name", "").replaceAll("[^\\p{L}\\p{N}_.:/=+@ -]", "_");
        return user.isBlank() ? "unknown" : user;
    }
}
