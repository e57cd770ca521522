package io.github.lambdashell.stack;

import java.time.Duration;

/** Durations for people, in one unit. */
final class Ages {
    private Ages() {}

    /** For example {@code 95 s}, {@code 14 min}, {@code 30 h}, {@code 5 days}. */
    static String words(Duration age) {
        if (age.toMinutes() < 2) {
            return age.toSeconds() + " s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " days";
    }
}
