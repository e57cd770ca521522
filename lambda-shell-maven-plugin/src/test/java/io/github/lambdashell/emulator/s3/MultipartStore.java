package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.state.FileTree;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The uploads that have begun, each a directory with a description and, for each part, a description and its content.
 * Safe for several threads and several processes.
 */
final class MultipartStore {
    /** The smallest is 1. */
    static final int LARGEST_PART_NUMBER = 10_000;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final String DESCRIPTION = "upload.json";
    private static final String PART_PREFIX = "part-";
    private static final String PART_SUFFIX = ".json";

    private final BucketStore buckets;
    private final StateDirectory state;

    MultipartStore(BucketStore buckets) {
        this.buckets = buckets;
        this.state = buckets.state();
    }

    /** @throws AwsException 404 when there is no such bucket */
    MultipartUpload begin(String bucket, String key, Map<String, String> headers, MultipartChecksum checksum)
            throws IOException {
        String id = UUID.randomUUID().toString().replace("-", "");
        MultipartUpload upload = new MultipartUpload(id, key, Instant.now(), headers, checksum);
        return state.locked(() -> {
            buckets.get(bucket);
            state.directory("buckets/" + bucket + "/uploads/" + id);
            state.write(directory(bucket, id).resolve(DESCRIPTION), upload);
            return upload;
        });
    }

    /** @throws AwsException 404 when there is no such bucket, or no such upload for that key */
    MultipartUpload get(String bucket, String key, String id) throws IOException {
        buckets.get(bucket);
        if (ID.matcher(id).matches()) {
            MultipartUpload upload = state.read(directory(bucket, id).resolve(DESCRIPTION), MultipartUpload.class)
                    .orElse(null);
            if (upload != null && upload.key().equals(key)) {
                return upload;
            }
        }
        throw noSuchUpload();
    }

    static AwsException noSuchUpload() {
        return new AwsException(
                404,
                "NoSuchUpload",
                "The specified upload does not exist. The upload ID may be invalid, "
                        + "or the upload may have been aborted or completed.");
    }

    /** A bucket's uploads, by key, then by age. */
    List<MultipartUpload> list(String bucket) throws IOException {
        buckets.get(bucket);
        List<MultipartUpload> uploads = new ArrayList<>();
        for (Path directory : files(buckets.uploads(bucket))) {
            state.read(directory.resolve(DESCRIPTION), MultipartUpload.class).ifPresent(uploads::add);
        }
        uploads.sort(Comparator.comparing(MultipartUpload::key, ObjectStore.BY_UTF8)
                .thenComparing(MultipartUpload::initiated));
        return uploads;
    }

    /** Stores a file as a part, in place of one of the same number; the file is moved. */
    MultipartUpload.Part put(
            String bucket, MultipartUpload upload, int number, Path content, String etag, String checksum)
            throws IOException {
        return state.locked(() -> {
            get(bucket, upload.key(), upload.id());
            Path directory = directory(bucket, upload.id());
            Path description = directory.resolve(PART_PREFIX + number + PART_SUFFIX);
            MultipartUpload.Part replaced =
                    state.read(description, MultipartUpload.Part.class).orElse(null);
            MultipartUpload.Part part = new MultipartUpload.Part(
                    number, Files.size(content), etag, Instant.now(), checksum, number + "-" + UUID.randomUUID());
            Files.move(content, directory.resolve(part.dataFile()), StandardCopyOption.ATOMIC_MOVE);
            state.write(description, part);
            if (replaced != null) {
                Files.deleteIfExists(directory.resolve(replaced.dataFile()));
            }
            return part;
        });
    }

    /** The parts that have come, by number. */
    List<MultipartUpload.Part> parts(String bucket, MultipartUpload upload) throws IOException {
        List<MultipartUpload.Part> parts = new ArrayList<>();
        for (Path file : files(directory(bucket, upload.id()))) {
            if (file.getFileName().toString().startsWith(PART_PREFIX)) {
                state.read(file, MultipartUpload.Part.class).ifPresent(parts::add);
            }
        }
        parts.sort(Comparator.comparing(MultipartUpload.Part::number));
        return parts;
    }

    /** Where a part's content is. It may be gone when it is opened. */
    Path content(String bucket, MultipartUpload upload, MultipartUpload.Part part) {
        return directory(bucket, upload.id()).resolve(part.dataFile());
    }

    /** Forgets an upload, with all of its parts; one that is already deleted stays so. */
    void remove(String bucket, MultipartUpload upload) throws IOException {
        state.locked(() -> {
            FileTree.delete(directory(bucket, upload.id()));
            return null;
        });
    }

    private Path directory(String bucket, String id) {
        return buckets.uploads(bucket).resolve(id);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
