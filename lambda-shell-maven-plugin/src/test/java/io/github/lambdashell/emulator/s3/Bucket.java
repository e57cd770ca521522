package io.github.lambdashell.emulator.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A bucket.
 *
 * @param name unique, 3 to 63 characters
 * @param created time of its creation
 * @param versioning whether old versions of objects are kept
 * @param tags not null
 */
public record Bucket(String name, Instant created, Versioning versioning, Map<String, String> tags) {
    /** The handling of objects that are overwritten or deleted. */
    public enum Versioning {
        /** Old versions are deleted. */
        OFF,
        /** Old versions are kept. */
        ENABLED,
        /** Versions from the time of enabled versioning are kept, newer ones are not. */
        SUSPENDED
    }

    public Bucket {
        Objects.requireNonNull(name);
        Objects.requireNonNull(created);
        Objects.requireNonNull(versioning);
        tags = Map.copyOf(tags);
    }
}
