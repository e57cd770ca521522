package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The existing buckets, each a directory with a description and its objects. Safe for use by several threads and
 * several processes.
 */
public final class BucketStore {
    private static final Pattern NAME =
            Pattern.compile("(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private final StateDirectory state;

    public BucketStore(StateDirectory state) {
        this.state = state;
    }

    /**
     * Creates a bucket.
     *
     * @throws AwsException 400 if the name is invalid, 409 if it is in use
     */
    public Bucket create(String name, Bucket.Versioning versioning, Map<String, String> tags) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new AwsException(400, "InvalidBucketName", "The specified bucket is not valid: " + name);
        }
        return state.locked(() -> {
            if (find(name).isPresent()) {
                throw new AwsException(
                        409,
                        "BucketAlreadyOwnedByYou",
                        "Your previous request to create the named bucket succeeded and you already own it.");
            }
            state.directory("buckets/" + name + "/objects");
            Bucket bucket = new Bucket(name, Instant.now(), versioning, tags);
            state.write(description(name), bucket);
            return bucket;
        });
    }

    /** Replaces a bucket's description; its objects remain. */
    public void update(Bucket bucket) throws IOException {
        state.locked(() -> {
            get(bucket.name());
            state.write(description(bucket.name()), bucket);
            return bucket;
        });
    }

    /** Returns the bucket of that name; empty if there is none. */
    public Optional<Bucket> find(String name) throws IOException {
        return NAME.matcher(name).matches() ? state.read(description(name), Bucket.class) : Optional.empty();
    }

    /**
     * Returns the bucket of that name.
     *
     * @throws AwsException 404 if there is none
     */
    public Bucket get(String name) throws IOException {
        return find(name)
                .orElseThrow(() -> new AwsException(404, "NoSuchBucket", "The specified bucket does not exist"));
    }

    /** Returns all buckets, sorted by name. */
    public List<Bucket> list() throws IOException {
        List<Path> directories;
        try (Stream<Path> files = Files.list(state.directory("buckets"))) {
            directories = files.sorted().toList();
        }
        List<Bucket> buckets = new ArrayList<>();
        for (Path directory : directories) {
            find(directory.getFileName().toString()).ifPresent(buckets::add);
        }
        return buckets;
    }

    /**
     * Deletes an empty bucket.
     *
     * @throws AwsException 404 if there is none, 409 if it is not empty, old versions included
     */
    public void delete(String name) throws IOException {
        state.locked(() -> {
            Bucket bucket = get(name);
            Path objects = objects(name);
            try (Stream<Path> files = Files.list(objects)) {
                if (files.findAny().isPresent()) {
                    throw new AwsException(
                            409,
                            "BucketNotEmpty",
                            "The bucket you tried to delete is not empty"
                                    + (bucket.versioning() == Bucket.Versioning.OFF
                                            ? ""
                                            : ". You must delete all versions in the bucket."));
                }
            }
            Files.delete(description(name));
            Files.delete(objects);
            Files.delete(objects.getParent());
            return null;
        });
    }

    /** Returns the directory of an existing bucket's objects. */
    Path objects(String name) {
        return state.root().resolve("buckets").resolve(name).resolve("objects");
    }

    private Path description(String name) {
        return state.root().resolve("buckets").resolve(name).resolve("bucket.json");
    }

    StateDirectory state() {
        return state;
    }
}
