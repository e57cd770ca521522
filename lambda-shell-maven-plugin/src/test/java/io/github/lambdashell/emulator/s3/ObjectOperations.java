package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.emulator.xml.Xml;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What can be done with objects. */
final class ObjectOperations {
    /** Query parameters that say how to answer, not what to do. */
    static final Set<String> PARAMETERS = Set.of(
            "versionId",
            "max-parts",
            "part-number-marker",
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
    private static final String PART_NUMBER = "partNumber";
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
            // After the body, because a checksum may come in its trailer.
            Map<String, String> headers = StoredHeaders.of(exchange);
            boolean onlyIfAbsent = exchange.header("if-none-match").isPresent();
            ObjectVersion stored = objects.put(bucket, key, content, etag, headers, List.of(), onlyIfAbsent);
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
        buckets.get(bucket);
        // Between looking it up and opening it, another request may replace an object, but not for ever.
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

    /** @param versionId empty for the newest */
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
        headers.put("accept-ranges", "bytes");
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
        Optional<ByteRange> range = range(exchange, version);
        if (exchange.query().containsKey(PART_NUMBER) && !version.parts().isEmpty()) {
            headers.put("x-amz-mp-parts-count", String.valueOf(version.parts().size()));
        }
        ByteRange part = range.orElse(new ByteRange(0, version.size()));
        if (range.isPresent()) {
            // A checksum is that of the whole.
            headers.keySet().removeIf(name -> name.startsWith("x-amz-checksum-"));
            headers.put(
                    "content-range",
                    "bytes " + part.first() + "-" + (part.first() + part.length() - 1) + "/" + version.size());
        }
        OutputStream out = exchange.respondStreaming(range.isPresent() ? 206 : 200, headers, part.length());
        if (exchange.method().equals("GET")) {
            InputStream in = Channels.newInputStream(content.position(part.first()));
            byte[] buffer = new byte[64 * 1024];
            long left = part.length();
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (count < 0) {
                    throw new IOException("the object's file is shorter than the object");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
        out.close();
    }

    /** What of the object is wanted; empty for all of it. */
    private static Optional<ByteRange> range(Exchange exchange, ObjectVersion version) {
        Optional<String> header = exchange.header("range");
        if (!exchange.query().containsKey(PART_NUMBER)) {
            return header.flatMap(text -> ByteRange.of(text, version.size()));
        }
        if (header.isPresent()) {
            throw new AwsException(
                    400, "InvalidRequest", "Cannot specify both Range header and partNumber query parameter");
        }
        ByteRange part = version.part(MultipartOperations.partNumber(exchange));
        // No header can name a range of no bytes.
        return part.length() == 0 ? Optional.empty() : Optional.of(part);
    }

    /** @throws AwsException 412 when a condition of the client's does not hold */
    static void requireThat(boolean condition) {
        if (!condition) {
            throw new AwsException(
                    412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }
    }

    /** Whether the version's ETag is among those of a header. */
    static boolean matches(String tags, ObjectVersion version) {
        return tags.equals("*") || List.of(tags.split("\\s*,\\s*")).contains(version.etag());
    }

    void delete(Exchange exchange, String bucket, String key) throws IOException {
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
        for (DeleteRequest.Item item : request.items()) {
            if (item.versionId() == null) {
                objects.delete(bucket, item.key());
            } else {
                objects.delete(bucket, item.key(), item.versionId());
            }
        }
        byte[] answer = Xml.document("DeleteResult", "http://s3.amazonaws.com/doc/2006-03-01/", xml -> {
            if (!request.quiet()) {
                for (DeleteRequest.Item item : request.items()) {
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
