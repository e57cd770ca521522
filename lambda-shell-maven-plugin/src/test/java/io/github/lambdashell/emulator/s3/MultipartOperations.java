package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.emulator.payload.Digest;
import io.github.lambdashell.emulator.s3.MultipartUpload.Part;
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

/** Uploads in parts, but for their completion. */
final class MultipartOperations {
    private static final byte[] NOTHING = new byte[0];

    private final BucketStore buckets;
    private final ObjectStore objects;
    private final MultipartStore uploads;

    MultipartOperations(BucketStore buckets, ObjectStore objects, MultipartStore uploads) {
        this.buckets = buckets;
        this.objects = objects;
        this.uploads = uploads;
    }

    void create(Exchange exchange, String bucket, String key) throws IOException {
        StoredHeaders.refuseUnsupported(exchange, "x-amz-checksum-algorithm", MultipartChecksum.TYPE_HEADER);
        exchange.body().readAllBytes();
        MultipartChecksum checksum = MultipartChecksum.of(exchange);
        MultipartUpload upload = uploads.begin(bucket, key, StoredHeaders.of(exchange), checksum);
        Map<String, String> headers = new TreeMap<>(Map.of("content-type", "application/xml"));
        if (checksum != null) {
            headers.put("x-amz-checksum-algorithm", checksum.name());
            headers.put(MultipartChecksum.TYPE_HEADER, checksum.type().name());
        }
        exchange.respond(
                200,
                headers,
                Xml.document(
                        "InitiateMultipartUploadResult",
                        BucketOperations.NAMESPACE,
                        xml -> xml.element("Bucket", bucket).element("Key", key).element("UploadId", upload.id())));
    }

    void uploadPart(Exchange exchange, String bucket, String key) throws IOException {
        MultipartUpload upload = find(exchange, bucket, key);
        int number = partNumber(exchange);
        StoredHeaders.refuseUnsupported(exchange);
        Part part = receive(exchange, bucket, upload, number, exchange.body());
        Map<String, String> headers = new TreeMap<>(Map.of("etag", part.etag()));
        if (part.checksum() != null) {
            headers.put(upload.checksum().header(), part.checksum());
        }
        exchange.respond(200, headers, NOTHING);
    }

    void copyPart(Exchange exchange, String bucket, String key) throws IOException {
        MultipartUpload upload = find(exchange, bucket, key);
        int number = partNumber(exchange);
        StoredHeaders.refuseUnsupported(exchange, CopySource.heeded("x-amz-copy-source-range"));
        exchange.body().readAllBytes();
        try (CopySource source = CopySource.open(exchange, buckets, objects)) {
            String range = exchange.header("x-amz-copy-source-range").orElse(null);
            InputStream content = range == null ? source.whole() : source.range(range);
            Part part = receive(exchange, bucket, upload, number, content);
            exchange.respond(
                    200,
                    Map.of("content-type", "application/xml"),
                    Xml.document("CopyPartResult", BucketOperations.NAMESPACE, xml -> {
                        xml.element("LastModified", part.lastModified()).element("ETag", part.etag());
                        if (part.checksum() != null) {
                            xml.element(upload.checksum().element(), part.checksum());
                        }
                    }));
        }
    }

    private Part receive(Exchange exchange, String bucket, MultipartUpload upload, int number, InputStream body)
            throws IOException {
        Path content = buckets.state().temporaryFile();
        try {
            if (upload.checksum() == null) {
                return uploads.put(bucket, upload, number, content, Upload.receive(body, content), null);
            }
            Digest digest = upload.checksum().digest();
            String etag = Upload.receive(digest.reading(body), content);
            upload.checksum().refuseOther(StoredHeaders.of(exchange));
            String checksum = Base64.getEncoder().encodeToString(digest.value());
            return uploads.put(bucket, upload, number, content, etag, checksum);
        } finally {
            Files.deleteIfExists(content);
        }
    }

    void abort(Exchange exchange, String bucket, String key) throws IOException {
        uploads.remove(bucket, find(exchange, bucket, key));
        exchange.respond(204, Map.of(), NOTHING);
    }

    void listParts(Exchange exchange, String bucket, String key) throws IOException {
        MultipartUpload upload = find(exchange, bucket, key);
        int marker = number(exchange, "part-number-marker", 0);
        int most = Math.min(1000, number(exchange, "max-parts", 1000));
        List<Part> remaining = uploads.parts(bucket, upload).stream()
                .filter(part -> part.number() > marker)
                .toList();
        List<Part> page = remaining.subList(0, Math.min(most, remaining.size()));
        byte[] answer = Xml.document("ListPartsResult", BucketOperations.NAMESPACE, xml -> {
            xml.element("Bucket", bucket)
                    .element("Key", key)
                    .element("UploadId", upload.id())
                    .element("StorageClass", "STANDARD")
                    .element("PartNumberMarker", marker)
                    .element(
                            "NextPartNumberMarker",
                            page.isEmpty() ? 0 : page.get(page.size() - 1).number())
                    .element("MaxParts", most)
                    .element("IsTruncated", page.size() < remaining.size() && most > 0);
            MultipartChecksum checksum = upload.checksum();
            if (checksum != null) {
                xml.element("ChecksumAlgorithm", checksum.name()).element("ChecksumType", checksum.type());
            }
            for (Part part : page) {
                xml.element("Part", one -> {
                    one.element("PartNumber", part.number())
                            .element("LastModified", part.lastModified())
                            .element("ETag", part.etag())
                            .element("Size", part.size());
                    if (part.checksum() != null) {
                        one.element(checksum.element(), part.checksum());
                    }
                });
            }
        });
        exchange.respond(200, Map.of("content-type", "application/xml"), answer);
    }

    void listUploads(Exchange exchange, String bucket) throws IOException {
        String prefix = Listing.parameter(exchange, "prefix");
        List<MultipartUpload> found = uploads.list(bucket).stream()
                .filter(upload -> upload.key().startsWith(prefix))
                .toList();
        byte[] answer = Xml.document("ListMultipartUploadsResult", BucketOperations.NAMESPACE, xml -> {
            xml.element("Bucket", bucket).element("Prefix", prefix).element("IsTruncated", false);
            for (MultipartUpload upload : found) {
                xml.element("Upload", one -> one.element("Key", upload.key())
                        .element("UploadId", upload.id())
                        .element("StorageClass", "STANDARD")
                        .element("Initiated", upload.initiated()));
            }
        });
        exchange.respond(200, Map.of("content-type", "application/xml"), answer);
    }

    private MultipartUpload find(Exchange exchange, String bucket, String key) throws IOException {
        return uploads.get(bucket, key, Listing.parameter(exchange, "uploadId"));
    }

    static int partNumber(Exchange exchange) {
        int number = number(exchange, "partNumber", 0);
        if (number < 1 || number > MultipartStore.LARGEST_PART_NUMBER) {
            throw new AwsException(
                    400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
        }
        return number;
    }

    private static int number(Exchange exchange, String parameter, int otherwise) {
        String text = Listing.parameter(exchange, parameter);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw new AwsException(400, "InvalidArgument", "Provided " + parameter + " not an integer or out of range");
        }
        return Integer.parseInt(text);
    }
}
