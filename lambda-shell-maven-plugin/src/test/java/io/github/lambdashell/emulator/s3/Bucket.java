package io.github.lambdashell.emulator.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A bucket.
 *
 * @param name unique, 3 to 63 characters
 * @param created when it was made
 * @param versioning whether old versions of objects are kept
 * @param tags not null
 */
public record Bucket(String name, Instant created, Versioning versioning, Map<String, String> tags) {
    /** What becomes of an object that is overwritten or deleted. */
    public enum Versioning {
        /** It is gone. */
        OFF,
        /** It is kept as an older version. */
        ENABLED,
        /** Versions made while versioning was on are kept, newer ones not. */
        SUSPENDED
    }

    public Bucket {
        Objects.requireNonNull(name);
        Objects.requireNonNull(created);
        Objects.requireNonNull(versioning);
        tags = Map.copyOf(tags);
    }
}
