package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.emulator.Service;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** An implementation of S3 with the bucket in the path, which selects the operation of a request. */
public final class S3Service implements Service {
    private static final int LONGEST_KEY_BYTES = 1024;

    private final BucketOperations bucketOperations;
    private final ObjectOperations objectOperations;

    public S3Service(BucketStore buckets, ObjectStore objects, String region) {
        this.bucketOperations = new BucketOperations(buckets, objects, region);
        this.objectOperations = new ObjectOperations(buckets, objects);
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        String path = exchange.path();
        int slash = path.indexOf('/', 1);
        String bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        if (key.isEmpty()) {
            onBucket(exchange, bucket);
        } else if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY_BYTES) {
            throw new AwsException(400, "KeyTooLongError", "Your key is too long");
        } else {
            onObject(exchange, bucket, key);
        }
    }

    private void onBucket(Exchange exchange, String bucket) throws IOException {
        String method = exchange.method();
        Set<String> subresources = subresources(exchange, BucketOperations.LIST_PARAMETERS);
        if (bucket.isEmpty() && method.equals("GET") && subresources.isEmpty()) {
            bucketOperations.list(exchange);
        } else if (bucket.isEmpty()) {
            throw notImplemented(exchange, subresources);
        } else if (subresources.isEmpty()) {
            switch (method) {
                case "PUT" -> bucketOperations.create(exchange, bucket);
                case "HEAD" -> bucketOperations.head(exchange, bucket);
                case "DELETE" -> bucketOperations.delete(exchange, bucket);
                default -> throw notImplemented(exchange, subresources);
            }
        } else if (method.equals("GET") && subresources.equals(Set.of("list-type"))) {
            bucketOperations.listObjects(exchange, bucket);
        } else if (method.equals("GET") && subresources.equals(Set.of("versions"))) {
            bucketOperations.listVersions(exchange, bucket);
        } else if (method.equals("POST") && subresources.equals(Set.of("delete"))) {
            objectOperations.deleteMany(exchange, bucket);
        } else {
            throw notImplemented(exchange, subresources);
        }
    }

    private void onObject(Exchange exchange, String bucket, String key) throws IOException {
        Set<String> subresources = subresources(exchange, ObjectOperations.PARAMETERS);
        if (!subresources.isEmpty()) {
            throw notImplemented(exchange, subresources);
        }
        switch (exchange.method()) {
            case "PUT" -> objectOperations.put(exchange, bucket, key);
            case "GET", "HEAD" -> objectOperations.get(exchange, bucket, key);
            case "DELETE" -> objectOperations.delete(exchange, bucket, key);
            default -> throw notImplemented(exchange, subresources);
        }
    }

    /** Returns the keys of the query that select an operation. */
    private static Set<String> subresources(Exchange exchange, Set<String> parameters) {
        Set<String> names = new TreeSet<>(exchange.query().keySet());
        names.removeAll(parameters);
        // "x-id" only repeats the operation, for readers of logs.
        names.removeIf(
                name -> name.equals("x-id") || name.toLowerCase(Locale.ROOT).startsWith("x-amz-"));
        return names;
    }

    private static AwsException notImplemented(Exchange exchange, Set<String> subresources) {
        String query = subresources.isEmpty() ? "" : "?" + String.join("&", subresources);
        return new AwsException(
                501, "NotImplemented", "The emulator's S3 has no " + exchange.method() + " " + exchange.path() + query);
    }
}
