package io.github.lambdashell.target;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * The owner of a stack, its creation and its expiry.
 *
 * @param base the configured name, which differs from the stack's name if the stack is temporary, not null
 * @param owner the user who deployed it, not null
 * @param created time of its creation; empty if unknown
 * @param expires time of its expiry; empty if unknown
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
     * Returns the origin after an update. The expiry is kept if at least half of the configured time remains, and not
     * more than all of it: a stack in use is extended, but an unchanged deploy in most cases changes nothing.
     */
    public StackOrigin extended(Duration expiresAfter, Instant now) {
        Instant expiry = expires.filter(until ->
                        until.isAfter(now.plus(expiresAfter.dividedBy(2))) && !until.isAfter(now.plus(expiresAfter)))
                .orElse(now.plus(expiresAfter).truncatedTo(ChronoUnit.SECONDS));
        return new StackOrigin(base, owner, created, Optional.of(expiry));
    }

    /** Returns the build's user, reduced to the characters that AWS allows in a tag. */
    public static String currentUser() {
        String user = System.getProperty("user.name", "").replaceAll("[^\\p{L}\\p{N}_.:/=+@ -]", "_");
        return user.isBlank() ? "unknown" : user;
    }
}
