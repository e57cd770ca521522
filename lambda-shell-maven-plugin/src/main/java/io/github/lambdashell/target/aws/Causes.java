package io.github.lambdashell.target.aws;

import java.util.Optional;

/** What lies under a failure. */
public final class Causes {
    private Causes() {}

    /** The first of a type, from the failure itself downward. */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
