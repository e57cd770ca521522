package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.emulator.xml.Xml;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The operations on objects. */
final class ObjectOperations {
    /** Query parameters that affect the response but don't select an operation. */
    static final Set<String> PARAMETERS = Set.of(
            "versionId",
            "response-content-type",
            "response-content-language",
            "response-content-disposition",
            "response-content-encoding",
            "response-cache-control",
            "response-expires");

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final byte[] NOTHING = new byte[0];
    private static final String VERSION_ID = "x-amz-version-id";
    private static final String DELETE_MARKER = "x-amz-delete-marker";

    private final BucketStore buckets;
    private final ObjectStore objects;

    ObjectOperations(BucketStore buckets, ObjectStore objects) {
        this.buckets = buckets;
        this.objects = objects;
    }

    void put(Exchange exchange, String bucket, String key) throws IOException {
        buckets.get(bucket);
        StoredHeaders.refuseUnsupported(exchange);
        Path content = buckets.state().temporaryFile();
        try {
            String etag = Upload.receive(exchange.body(), content);
            // After the body, because its trailer may contain a checksum.
            Map<String, String> headers = StoredHeaders.of(exchange);
            boolean onlyIfAbsent = exchange.header("if-none-match").isPresent();
            ObjectVersion stored = objects.put(bucket, key, content, etag, headers, onlyIfAbsent);
            Map<String, String> answer = new TreeMap<>();
            headers.forEach((name, value) -> {
                if (name.startsWith("x-amz-checksum-")) {
                    answer.put(name, value);
                }
            });
            answer.put("etag", etag);
            addVersion(answer, stored);
            exchange.respond(200, answer, NOTHING);
        } finally {
            Files.deleteIfExists(content);
        }
    }

    void get(Exchange exchange, String bucket, String key) throws IOException {
        requireVersionId(bucket, exchange);
        // Another request can replace the object between the lookup and the opening.
        for (int attempt = 0; ; attempt++) {
            ObjectVersion version = find(objects, bucket, key, Listing.parameter(exchange, "versionId"));
            try (FileChannel content = FileChannel.open(objects.content(bucket, version))) {
                send(exchange, version, content);
                return;
            } catch (NoSuchFileException e) {
                if (attempt == 10) {
                    throw e;
                }
            }
        }
    }

    /** Rejects the id of a version if the bucket has never had versions. */
    private void requireVersionId(String bucket, Exchange exchange) throws IOException {
        String versionId = Listing.parameter(exchange, "versionId");
        boolean isVersioned = buckets.get(bucket).versioning() != Bucket.Versioning.OFF;
        if (!isVersioned && !versionId.isEmpty() && !versionId.equals(ObjectVersion.NO_VERSION)) {
            throw new AwsException(400, "InvalidArgument", "Invalid version id specified");
        }
    }

    /**
     * Returns a version of an object.
     *
     * @param versionId empty for the newest
     */
    static ObjectVersion find(ObjectStore objects, String bucket, String key, String versionId) throws IOException {
        if (versionId.isEmpty()) {
            return objects.current(bucket, key)
                    .orElseThrow(() -> new AwsException(404, "NoSuchKey", "The specified key does not exist."));
        }
        ObjectVersion version = objects.version(bucket, key, versionId)
                .orElseThrow(() -> new AwsException(404, "NoSuchVersion", "The specified version does not exist."));
        if (version.deleteMarker()) {
            throw new AwsException(
                    405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
        }
        return version;
    }

    private static void send(Exchange exchange, ObjectVersion version, FileChannel content) throws IOException {
        requireThat(
                exchange.header("if-match").map(tags -> matches(tags, version)).orElse(true));
        Map<String, String> headers = new TreeMap<>(version.headers());
        headers.put("etag", version.etag());
        headers.put("last-modified", HTTP_DATE.format(version.lastModified()));
        addVersion(headers, version);
        if (exchange.header("if-none-match")
                .filter(tag -> matches(tag, version))
                .isPresent()) {
            exchange.respond(304, headers, NOTHING);
            return;
        }
        exchange.query().forEach((name, values) -> {
            if (name.startsWith("response-")) {
                headers.put(name.substring("response-".length()), values.get(0));
            }
        });
        OutputStream out = exchange.respondStreaming(200, headers, version.size());
        if (exchange.method().equals("GET")) {
            Channels.newInputStream(content).transferTo(out);
        }
        out.close();
    }

    /**
     * Requires that a condition of the client is met.
     *
     * @throws AwsException 412 if it is not
     */
    static void requireThat(boolean condition) {
        if (!condition) {
            throw new AwsException(
                    412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }
    }

    /** Returns whether a header contains the version's ETag. */
    static boolean matches(String tags, ObjectVersion version) {
        return tags.equals("*") || List.of(tags.split("\\s*,\\s*")).contains(version.etag());
    }

    void delete(Exchange exchange, String bucket, String key) throws IOException {
        requireVersionId(bucket, exchange);
        String versionId = Listing.parameter(exchange, "versionId");
        Map<String, String> headers = new TreeMap<>();
        if (versionId.isEmpty()) {
            objects.delete(bucket, key).ifPresent(marker -> {
                headers.put(DELETE_MARKER, "true");
                addVersion(headers, marker);
            });
        } else {
            headers.put(VERSION_ID, versionId);
            objects.delete(bucket, key, versionId)
                    .filter(ObjectVersion::deleteMarker)
                    .ifPresent(marker -> headers.put(DELETE_MARKER, "true"));
        }
        exchange.respond(204, headers, NOTHING);
    }

    void deleteMany(Exchange exchange, String bucket) throws IOException {
        buckets.get(bucket);
        DeleteRequest request = DeleteRequest.read(exchange.body());
        List<DeleteRequest.Item> missing = new ArrayList<>();
        for (DeleteRequest.Item item : request.items()) {
            if (item.versionId() == null) {
                objects.delete(bucket, item.key());
            } else if (objects.delete(bucket, item.key(), item.versionId()).isEmpty()) {
                missing.add(item);
            }
        }
        byte[] answer = Xml.document("DeleteResult", "http://s3.amazonaws.com/doc/2006-03-01/", xml -> {
            for (DeleteRequest.Item item : request.items()) {
                if (missing.contains(item)) {
                    xml.element("Error", one -> one.element("Key", item.key())
                            .element("VersionId", item.versionId())
                            .element("Code", "NoSuchVersion")
                            .element("Message", "The specified version does not exist."));
                } else if (!request.quiet()) {
                    xml.element(
                            "Deleted", one -> one.element("Key", item.key()).element("VersionId", item.versionId()));
                }
            }
        });
        exchange.respond(200, Map.of("content-type", "application/xml"), answer);
    }

    static void addVersion(Map<String, String> headers, ObjectVersion version) {
        if (!version.versionId().equals(ObjectVersion.NO_VERSION)) {
            headers.put(VERSION_ID, version.versionId());
        }
    }
}
