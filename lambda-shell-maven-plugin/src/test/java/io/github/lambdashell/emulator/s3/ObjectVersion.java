package io.github.lambdashell.emulator.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One version of an object, or a marker that says it was deleted.
 *
 * @param key of the object
 * @param versionId {@code null} as text where the bucket kept no versions
 * @param deleteMarker whether it only marks the deletion; what follows is then empty
 * @param size in bytes
 * @param etag the content's MD5, in quotes
 * @param lastModified when it was stored
 * @param headers that were stored with it and are given back with it: type, encoding, checksums, metadata
 * @param dataFile name of the file with its content, null of a marker
 */
public record ObjectVersion(
        String key,
        String versionId,
        boolean deleteMarker,
        long size,
        String etag,
        Instant lastModified,
        Map<String, String> headers,
        String dataFile) {
    /** What stands for the id of a version that was stored without one. */
    static final String NO_VERSION = "null";

    public ObjectVersion {
        Objects.requireNonNull(key);
        Objects.requireNonNull(versionId);
        Objects.requireNonNull(lastModified);
        headers = Map.copyOf(headers);
    }
}
