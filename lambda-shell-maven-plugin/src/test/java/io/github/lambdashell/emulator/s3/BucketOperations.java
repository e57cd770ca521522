package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.emulator.xml.Xml;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operations on buckets, listings included. */
final class BucketOperations {
    /** Query parameters that don't select another operation than a listing. */
    static final Set<String> LIST_PARAMETERS = Set.of(
            "prefix",
            "delimiter",
            "max-keys",
            "encoding-type",
            "continuation-token",
            "start-after",
            "fetch-owner",
            "key-marker",
            "version-id-marker",
            "max-buckets",
            "bucket-region");

    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final Map<String, String> XML_TYPE = Map.of("content-type", "application/xml");
    private static final byte[] NOTHING = new byte[0];

    private final BucketStore buckets;
    private final ObjectStore objects;
    private final String region;

    BucketOperations(BucketStore buckets, ObjectStore objects, String region) {
        this.buckets = buckets;
        this.objects = objects;
        this.region = region;
    }

    void list(Exchange exchange) throws IOException {
        String prefix = Listing.parameter(exchange, "prefix");
        List<Bucket> found = buckets.list().stream()
                .filter(bucket -> bucket.name().startsWith(prefix))
                .toList();
        exchange.respond(
                200,
                XML_TYPE,
                Xml.document(
                        "ListAllMyBucketsResult",
                        NAMESPACE,
                        xml -> xml.element("Buckets", all -> {
                            for (Bucket bucket : found) {
                                all.element("Bucket", one -> one.element("Name", bucket.name())
                                        .element("CreationDate", bucket.created()));
                            }
                        })));
    }

    void create(Exchange exchange, String bucket) throws IOException {
        // The body is validated at its end. Its content is ignored: the location of the bucket is this emulator.
        exchange.body().readAllBytes();
        buckets.create(bucket, Bucket.Versioning.OFF, Map.of());
        exchange.respond(200, Map.of("location", "/" + bucket), NOTHING);
    }

    void head(Exchange exchange, String bucket) throws IOException {
        buckets.get(bucket);
        exchange.respond(200, Map.of("x-amz-bucket-region", region), NOTHING);
    }

    void delete(Exchange exchange, String bucket) throws IOException {
        buckets.delete(bucket);
        exchange.respond(204, Map.of(), NOTHING);
    }

    void listObjects(Exchange exchange, String bucket) throws IOException {
        buckets.get(bucket);
        String token = Listing.parameter(exchange, "continuation-token");
        String startAfter = Listing.parameter(exchange, "start-after");
        Listing page = new Listing(exchange);
        String marker = token.isEmpty() ? startAfter : decode(token);
        page.fill(newest(objects.versions(bucket, page.prefix)).stream()
                .filter(version -> !version.deleteMarker() && isAfter(version, marker))
                .toList());
        exchange.respond(200, XML_TYPE, Xml.document("ListBucketResult", NAMESPACE, xml -> {
            page.describe(xml, bucket);
            xml.element("KeyCount", page.versions.size() + page.commonPrefixes.size())
                    .element("ContinuationToken", token.isEmpty() ? null : token)
                    .element("StartAfter", startAfter.isEmpty() ? null : page.encode(startAfter))
                    .element("NextContinuationToken", page.truncated ? encode(page.last.key()) : null);
            for (ObjectVersion object : page.versions) {
                xml.element("Contents", one -> describe(one, page, object));
            }
        }));
    }

    void listVersions(Exchange exchange, String bucket) throws IOException {
        buckets.get(bucket);
        String keyMarker = Listing.parameter(exchange, "key-marker");
        String versionMarker = Listing.parameter(exchange, "version-id-marker");
        Listing page = new Listing(exchange);
        List<ObjectVersion> all = objects.versions(bucket, page.prefix);
        Set<ObjectVersion> newest = Set.copyOf(newest(all));
        page.fill(remaining(all, keyMarker, versionMarker));
        exchange.respond(200, XML_TYPE, Xml.document("ListVersionsResult", NAMESPACE, xml -> {
            page.describe(xml, bucket);
            xml.element("KeyMarker", page.encode(keyMarker)).element("VersionIdMarker", versionMarker);
            if (page.truncated) {
                xml.element("NextKeyMarker", page.encode(page.last.key()))
                        .element("NextVersionIdMarker", page.last.versionId());
            }
            for (ObjectVersion version : page.versions) {
                xml.element(version.deleteMarker() ? "DeleteMarker" : "Version", one -> {
                    one.element("VersionId", version.versionId()).element("IsLatest", newest.contains(version));
                    describe(one, page, version);
                });
            }
        }));
    }

    private static void describe(Xml xml, Listing page, ObjectVersion version) {
        xml.element("Key", page.encode(version.key())).element("LastModified", version.lastModified());
        if (!version.deleteMarker()) {
            xml.element("ETag", version.etag()).element("Size", version.size()).element("StorageClass", "STANDARD");
        }
    }

    /** Returns the newest version of each key. */
    private static List<ObjectVersion> newest(List<ObjectVersion> versions) {
        List<ObjectVersion> newest = new ArrayList<>();
        String previous = null;
        for (ObjectVersion version : versions) {
            if (!version.key().equals(previous)) {
                newest.add(version);
            }
            previous = version.key();
        }
        return newest;
    }

    private static boolean isAfter(ObjectVersion version, String marker) {
        return ObjectStore.BY_UTF8.compare(version.key(), marker) > 0;
    }

    /** Returns the versions after a given one or, if it is absent or was deleted, after its key. */
    private static List<ObjectVersion> remaining(List<ObjectVersion> all, String keyMarker, String versionMarker) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).key().equals(keyMarker) && all.get(i).versionId().equals(versionMarker)) {
                return all.subList(i + 1, all.size());
            }
        }
        return all.stream().filter(version -> isAfter(version, keyMarker)).toList();
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AwsException(400, "InvalidArgument", "The continuation token provided is incorrect");
        }
    }
}
