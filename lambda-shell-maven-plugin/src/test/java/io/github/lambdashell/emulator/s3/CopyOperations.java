package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.emulator.payload.Digest;
import io.github.lambdashell.emulator.xml.Xml;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** CopyObject, and what clients ask before they copy in parts. */
final class CopyOperations {
    private static final String CHECKSUM_PREFIX = "x-amz-checksum-";

    private final BucketStore buckets;
    private final ObjectStore objects;

    CopyOperations(BucketStore buckets, ObjectStore objects) {
        this.buckets = buckets;
        this.objects = objects;
    }

    void copy(Exchange exchange, String bucket, String key) throws IOException {
        buckets.get(bucket);
        // Objects have no tags here, so whether they go along is all the same.
        StoredHeaders.refuseUnsupported(
                exchange,
                CopySource.heeded("x-amz-metadata-directive", "x-amz-tagging-directive", "x-amz-checksum-algorithm"));
        exchange.body().readAllBytes();
        boolean replace = isReplacing(exchange);
        Path content = buckets.state().temporaryFile();
        try (CopySource source = CopySource.open(exchange, buckets, objects)) {
            boolean isItself =
                    source.bucket().equals(bucket) && source.version().key().equals(key);
            if (isItself
                    && !replace
                    && !exchange.header(CopySource.HEADER).orElseThrow().contains("?versionId=")) {
                throw new AwsException(
                        400,
                        "InvalidRequest",
                        "This copy request is illegal because it is trying to copy an object to itself without "
                                + "changing the object's metadata, storage class, website redirect location or "
                                + "encryption attributes.");
            }
            Map<String, String> headers = new TreeMap<>(
                    replace ? StoredHeaders.of(exchange) : source.version().headers());
            headers.keySet().removeIf(name -> name.startsWith(CHECKSUM_PREFIX));
            String algorithm = checksumAlgorithm(exchange, source.version());
            String etag;
            if (algorithm == null) {
                etag = Upload.receive(source.whole(), content);
            } else {
                // Of the whole, also where the source had come in parts.
                Digest digest = Digest.named(algorithm).orElseThrow();
                InputStream whole = digest.reading(source.whole());
                etag = Upload.receive(whole, content);
                headers.put(CHECKSUM_PREFIX + algorithm, Base64.getEncoder().encodeToString(digest.value()));
            }
            boolean onlyIfAbsent = exchange.header("if-none-match").isPresent();
            ObjectVersion stored = objects.put(bucket, key, content, etag, headers, List.of(), onlyIfAbsent);
            respond(exchange, source.version(), stored, algorithm);
        } finally {
            Files.deleteIfExists(content);
        }
    }

    /** GetObjectTagging. A request to store tags is refused, so there are none. */
    void tags(Exchange exchange, String bucket, String key) throws IOException {
        buckets.get(bucket);
        ObjectOperations.find(objects, bucket, key, Listing.parameter(exchange, "versionId"));
        exchange.respond(
                200,
                Map.of("content-type", "application/xml"),
                Xml.document("Tagging", BucketOperations.NAMESPACE, xml -> xml.element("TagSet", none -> {})));
    }

    private static boolean isReplacing(Exchange exchange) {
        String directive = exchange.header("x-amz-metadata-directive").orElse("COPY");
        if (!directive.equals("COPY") && !directive.equals("REPLACE")) {
            throw new AwsException(400, "InvalidArgument", "Unknown metadata directive.");
        }
        return directive.equals("REPLACE");
    }

    /** What the request asks for or else what the source has; null for none. */
    private static String checksumAlgorithm(Exchange exchange, ObjectVersion source) {
        String asked = MultipartChecksum.algorithm(exchange);
        if (asked != null) {
            return asked;
        }
        return source.headers().keySet().stream()
                .filter(name -> name.startsWith(CHECKSUM_PREFIX) && !name.equals(MultipartChecksum.TYPE_HEADER))
                .map(name -> name.substring(CHECKSUM_PREFIX.length()))
                .findFirst()
                .orElse(null);
    }

    private static void respond(Exchange exchange, ObjectVersion source, ObjectVersion stored, String algorithm)
            throws IOException {
        Map<String, String> headers = new TreeMap<>(Map.of("content-type", "application/xml"));
        ObjectOperations.addVersion(headers, stored);
        if (!source.versionId().equals(ObjectVersion.NO_VERSION)) {
            headers.put("x-amz-copy-source-version-id", source.versionId());
        }
        exchange.respond(200, headers, Xml.document("CopyObjectResult", BucketOperations.NAMESPACE, xml -> {
            xml.element("LastModified", stored.lastModified()).element("ETag", stored.etag());
            if (algorithm != null) {
                xml.element(
                        MultipartChecksum.element(algorithm), stored.headers().get(CHECKSUM_PREFIX + algorithm));
            }
        }));
    }
}
