package io.github.lambdashell.target.aws;

import java.util.Optional;

/** The causes of a failure. */
public final class Causes {
    private Causes() {}

    /** Returns the first exception of a type in the chain of causes, which begins with the failure itself. */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
