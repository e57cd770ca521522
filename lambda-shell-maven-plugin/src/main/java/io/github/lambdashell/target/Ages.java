package io.github.lambdashell.target;

import java.time.Duration;

/** Formatting of durations for messages, in one unit. */
public final class Ages {
    private Ages() {}

    /** Returns for example {@code 95 s}, {@code 14 min}, {@code 30 h}, {@code 5 days}. */
    public static String text(Duration age) {
        if (age.toMinutes() < 2) {
            return age.toSeconds() + " s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " days";
    }
}
