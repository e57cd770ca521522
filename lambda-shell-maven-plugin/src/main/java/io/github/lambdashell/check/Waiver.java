package io.github.lambdashell.check;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A waiver: until the end of a day a failure of the check does not fail the build.
 *
 * @param until the last day, in UTC; not null
 * @param reason the reason, not null
 */
public record Waiver(LocalDate until, String reason) {
    public Waiver {
        Objects.requireNonNull(until);
        Objects.requireNonNull(reason);
    }

    /** Returns a waiver without an end, for a failure that is a warning. */
    public static Waiver always(String reason) {
        return new Waiver(LocalDate.MAX, reason);
    }

    private boolean isEndless() {
        return until.equals(LocalDate.MAX);
    }

    /** Returns whether the last day has not ended. */
    public boolean holds(Clock clock) {
        return !LocalDate.now(clock.withZone(ZoneOffset.UTC)).isAfter(until);
    }

    /** Returns the note on a failure that is waived. */
    public String waived() {
        return isEndless() ? reason : "waived until " + until + " (UTC): " + reason;
    }

    /** Returns the violation of a failure after the last day. */
    public String ended() {
        return "the waiver until " + until + " (UTC) has ended: " + reason
                + "; correct the cause, or extend the waiver";
    }

    /** Returns the note on a check that passes, empty for none. */
    public String unnecessary() {
        return isEndless() ? "" : "the check passes, so its waiver until " + until + " can be removed: " + reason;
    }
}
