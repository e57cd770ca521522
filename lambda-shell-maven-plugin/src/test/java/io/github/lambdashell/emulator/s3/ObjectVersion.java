package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.target.local.endpoint.AwsException;
import java.time.Instant;
import java.util.List;
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
 * @param parts sizes in bytes of the parts that it was uploaded in; empty when it came whole
 */
public record ObjectVersion(
        String key,
        String versionId,
        boolean deleteMarker,
        long size,
        String etag,
        Instant lastModified,
        Map<String, String> headers,
        String dataFile,
        List<Long> parts) {
    /** What stands for the id of a version that was stored without one. */
    static final String NO_VERSION = "null";

    public ObjectVersion {
        Objects.requireNonNull(key);
        Objects.requireNonNull(versionId);
        Objects.requireNonNull(lastModified);
        headers = Map.copyOf(headers);
        // Objects of an older endpoint's say nothing of parts.
        parts = parts == null ? List.of() : List.copyOf(parts);
    }

    /**
     * The bytes of one part. Parts are counted from 1 in their order, whatever numbers they were uploaded under; an
     * object that came whole is its own only one.
     *
     * @throws AwsException 416 when there is no such part
     */
    ByteRange part(int number) {
        if (number > Math.max(parts.size(), 1)) {
            throw new AwsException(416, "InvalidPartNumber", "The requested partnumber is not satisfiable");
        }
        if (parts.isEmpty()) {
            return new ByteRange(0, size);
        }
        long first =
                parts.subList(0, number - 1).stream().mapToLong(Long::longValue).sum();
        return new ByteRange(first, parts.get(number - 1));
    }
}
