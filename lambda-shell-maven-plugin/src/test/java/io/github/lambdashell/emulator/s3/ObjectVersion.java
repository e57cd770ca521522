package io.github.lambdashell.emulator.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A version of an object, or a delete marker.
 *
 * @param key key of the object
 * @param versionId {@code null} as text if it was stored without versioning
 * @param deleteMarker whether it is a delete marker; the following values are then empty
 * @param size size in bytes
 * @param etag MD5 of the content, in quotes
 * @param lastModified time of its creation
 * @param headers headers that were stored with it and are returned with it: type, encoding, checksums, metadata
 * @param dataFile name of the file with its content; null for a delete marker
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
    /** Id of a version that was stored without versioning. */
    static final String NO_VERSION = "null";

    public ObjectVersion {
        Objects.requireNonNull(key);
        Objects.requireNonNull(versionId);
        Objects.requireNonNull(lastModified);
        headers = Map.copyOf(headers);
    }
}
