package io.github.lambdashell.emulator.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * An upload that has begun and is neither completed nor aborted.
 *
 * @param id 32 hexadecimal digits
 * @param key of the object that it will be
 * @param initiated when it was begun
 * @param headers that will be stored with the object
 * @param checksum how it is protected, null when the client asked for nothing
 */
record MultipartUpload(
        String id, String key, Instant initiated, Map<String, String> headers, MultipartChecksum checksum) {
    MultipartUpload {
        Objects.requireNonNull(id);
        Objects.requireNonNull(key);
        Objects.requireNonNull(initiated);
        headers = Map.copyOf(headers);
    }

    /**
     * A part that has come.
     *
     * @param number 1 to 10,000
     * @param size in bytes
     * @param etag its MD5, in quotes
     * @param lastModified when it came
     * @param checksum in Base64 by the upload's algorithm, null when it has none
     * @param dataFile name of the file with its content
     */
    record Part(int number, long size, String etag, Instant lastModified, String checksum, String dataFile) {}
}
