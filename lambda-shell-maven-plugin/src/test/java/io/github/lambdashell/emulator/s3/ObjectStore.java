package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The objects of all buckets. The versions of a key are listed in a file that is named by the key's hash, so a key can
 * have any content and length; each version's content is a file beside it. Safe for use by several threads and several
 * processes.
 */
public final class ObjectStore {
    private static final String INDEX_SUFFIX = ".json";

    /** Order of keys in S3's listings. */
    static final Comparator<String> BY_UTF8 = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private final BucketStore buckets;
    private final StateDirectory state;

    /** The versions of one key, newest first; at least one. */
    record History(String key, List<ObjectVersion> versions) {}

    public ObjectStore(BucketStore buckets) {
        this.buckets = buckets;
        this.state = buckets.state();
    }

    /**
     * Stores a file as an object; the file is moved.
     *
     * @param onlyIfAbsent whether an existing object is not replaced
     * @throws AwsException 404 if there is no such bucket, 412 if the object exists although it must be absent
     */
    ObjectVersion put(
            String bucketName, String key, Path content, String etag, Map<String, String> headers, boolean onlyIfAbsent)
            throws IOException {
        return state.locked(() -> {
            Bucket bucket = buckets.get(bucketName);
            if (onlyIfAbsent && current(bucketName, key).isPresent()) {
                throw new AwsException(
                        412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
            }
            String dataFile = hash(key) + '-' + UUID.randomUUID();
            ObjectVersion version = new ObjectVersion(
                    key, newVersionId(bucket), false, Files.size(content), etag, Instant.now(), headers, dataFile);
            Files.move(content, buckets.objects(bucketName).resolve(dataFile), StandardCopyOption.ATOMIC_MOVE);
            add(bucketName, version);
            return version;
        });
    }

    /** Returns the newest version, unless it is a delete marker. */
    public Optional<ObjectVersion> current(String bucket, String key) throws IOException {
        return history(bucket, key).stream().findFirst().filter(version -> !version.deleteMarker());
    }

    /** Returns a version by its id. */
    public Optional<ObjectVersion> version(String bucket, String key, String versionId) throws IOException {
        return history(bucket, key).stream()
                .filter(version -> version.versionId().equals(versionId))
                .findFirst();
    }

    /** Returns the file of a version's content, which may be deleted before it is opened. */
    public Path content(String bucket, ObjectVersion version) {
        return buckets.objects(bucket).resolve(version.dataFile());
    }

    /**
     * Deletes an object permanently, or with a delete marker if the bucket has versioning.
     *
     * @return the delete marker
     */
    Optional<ObjectVersion> delete(String bucketName, String key) throws IOException {
        return state.locked(() -> {
            Bucket bucket = buckets.get(bucketName);
            if (bucket.versioning() == Bucket.Versioning.OFF) {
                remove(bucketName, key, ObjectVersion.NO_VERSION);
                return Optional.empty();
            }
            ObjectVersion marker =
                    new ObjectVersion(key, newVersionId(bucket), true, 0, null, Instant.now(), Map.of(), null);
            add(bucketName, marker);
            return Optional.of(marker);
        });
    }

    /**
     * Deletes one version permanently.
     *
     * @return the deleted version; empty if there was none
     */
    Optional<ObjectVersion> delete(String bucketName, String key, String versionId) throws IOException {
        return state.locked(() -> {
            buckets.get(bucketName);
            return remove(bucketName, key, versionId);
        });
    }

    /** Returns all versions of the keys with a prefix, sorted by key, then newest first. */
    List<ObjectVersion> versions(String bucket, String prefix) throws IOException {
        List<Path> indexes;
        try (Stream<Path> files = Files.list(buckets.objects(bucket))) {
            indexes =
                    files.filter(file -> file.toString().endsWith(INDEX_SUFFIX)).toList();
        }
        List<History> histories = new ArrayList<>();
        for (Path index : indexes) {
            state.read(index, History.class)
                    .filter(history -> history.key().startsWith(prefix))
                    .ifPresent(histories::add);
        }
        histories.sort(Comparator.comparing(History::key, BY_UTF8));
        return histories.stream()
                .flatMap(history -> history.versions().stream())
                .toList();
    }

    private List<ObjectVersion> history(String bucket, String key) throws IOException {
        return state.read(index(bucket, key), History.class)
                .map(History::versions)
                .orElse(List.of());
    }

    private static String newVersionId(Bucket bucket) {
        return bucket.versioning() == Bucket.Versioning.ENABLED
                ? UUID.randomUUID().toString().replace("-", "")
                : ObjectVersion.NO_VERSION;
    }

    /** Inserts a version before the others, and removes one with the same id. */
    private void add(String bucket, ObjectVersion version) throws IOException {
        List<ObjectVersion> versions = new ArrayList<>(history(bucket, version.key()));
        Optional<ObjectVersion> replaced = take(versions, version.versionId());
        versions.add(0, version);
        write(bucket, version.key(), versions);
        deleteContent(bucket, replaced);
    }

    private Optional<ObjectVersion> remove(String bucket, String key, String versionId) throws IOException {
        List<ObjectVersion> versions = new ArrayList<>(history(bucket, key));
        Optional<ObjectVersion> removed = take(versions, versionId);
        write(bucket, key, versions);
        deleteContent(bucket, removed);
        return removed;
    }

    private static Optional<ObjectVersion> take(List<ObjectVersion> versions, String versionId) {
        Optional<ObjectVersion> found = versions.stream()
                .filter(version -> version.versionId().equals(versionId))
                .findFirst();
        found.ifPresent(versions::remove);
        return found;
    }

    private void write(String bucket, String key, List<ObjectVersion> versions) throws IOException {
        if (versions.isEmpty()) {
            Files.deleteIfExists(index(bucket, key));
        } else {
            state.write(index(bucket, key), new History(key, versions));
        }
    }

    private void deleteContent(String bucket, Optional<ObjectVersion> version) throws IOException {
        if (version.isPresent() && !version.get().deleteMarker()) {
            Files.deleteIfExists(content(bucket, version.get()));
        }
    }

    private Path index(String bucket, String key) {
        return buckets.objects(bucket).resolve(hash(key) + INDEX_SUFFIX);
    }

    /** Returns the file name for a key, which has a fixed length and no special characters. */
    static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
