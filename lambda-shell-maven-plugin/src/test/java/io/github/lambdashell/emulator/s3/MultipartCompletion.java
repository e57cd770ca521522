package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.emulator.payload.Digest;
import io.github.lambdashell.emulator.s3.MultipartUpload.Part;
import io.github.lambdashell.emulator.xml.Xml;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * CompleteMultipartUpload: the parts become an object.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html">The operation's page
 *     in the API reference</a>
 */
final class MultipartCompletion {
    private static final long SMALLEST_PART_BYTES = 5 * 1024 * 1024;
    private static final String OBJECT_SIZE = "x-amz-mp-object-size";

    private final BucketStore buckets;
    private final ObjectStore objects;
    private final MultipartStore uploads;

    MultipartCompletion(BucketStore buckets, ObjectStore objects, MultipartStore uploads) {
        this.buckets = buckets;
        this.objects = objects;
        this.uploads = uploads;
    }

    void complete(Exchange exchange, String bucket, String key) throws IOException {
        MultipartUpload upload = uploads.get(bucket, key, Listing.parameter(exchange, "uploadId"));
        StoredHeaders.refuseUnsupported(exchange, MultipartChecksum.TYPE_HEADER, OBJECT_SIZE);
        List<Part> parts = choose(bucket, upload, CompletedPart.read(exchange.body()));
        checkSize(exchange, parts);
        Path content = buckets.state().temporaryFile();
        try {
            Map<String, String> headers = new TreeMap<>(upload.headers());
            String checksum = join(bucket, upload, parts, content);
            if (checksum != null) {
                checkChecksum(exchange, upload.checksum(), checksum);
                headers.put(upload.checksum().header(), checksum);
                headers.put(
                        MultipartChecksum.TYPE_HEADER, upload.checksum().type().name());
            }
            boolean onlyIfAbsent = exchange.header("if-none-match").isPresent();
            ObjectVersion stored = objects.put(
                    bucket,
                    key,
                    content,
                    etag(parts),
                    headers,
                    parts.stream().map(Part::size).toList(),
                    onlyIfAbsent);
            uploads.remove(bucket, upload);
            respond(exchange, bucket, stored, upload.checksum(), checksum);
        } finally {
            Files.deleteIfExists(content);
        }
    }

    /** The parts that the client names, which must be as it knows them. */
    private List<Part> choose(String bucket, MultipartUpload upload, List<CompletedPart> named) throws IOException {
        Map<Integer, Part> present =
                uploads.parts(bucket, upload).stream().collect(Collectors.toMap(Part::number, Function.identity()));
        List<Part> chosen = new ArrayList<>();
        int previous = 0;
        for (CompletedPart one : named) {
            if (one.number() <= previous) {
                throw new AwsException(
                        400,
                        "InvalidPartOrder",
                        "The list of parts was not in ascending order. The parts list must be specified in order by "
                                + "part number.");
            }
            previous = one.number();
            Part part = present.get(one.number());
            if (part == null || !part.etag().equals('"' + one.etag() + '"') || !isRight(upload, part, one)) {
                throw invalidPart();
            }
            chosen.add(part);
        }
        for (Part part : chosen.subList(0, chosen.size() - 1)) {
            if (part.size() < SMALLEST_PART_BYTES) {
                throw new AwsException(
                        400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
            }
        }
        return chosen;
    }

    private static boolean isRight(MultipartUpload upload, Part part, CompletedPart named) {
        MultipartChecksum checksum = upload.checksum();
        if (checksum == null) {
            return true;
        }
        String expected = named.checksums().get(checksum.algorithm());
        if (expected == null && checksum.type() == MultipartChecksum.Type.COMPOSITE) {
            throw new AwsException(
                    400,
                    "InvalidRequest",
                    "The upload was created using a " + checksum.algorithm()
                            + " checksum. The complete request must include the checksum for each part. "
                            + "It was missing for part " + part.number() + " in the request.");
        }
        return expected == null || expected.equals(part.checksum());
    }

    private static AwsException invalidPart() {
        return new AwsException(
                400,
                "InvalidPart",
                "One or more of the specified parts could not be found. The part may not have been uploaded, or the "
                        + "specified entity tag may not match the part's entity tag.");
    }

    private static void checkSize(Exchange exchange, List<Part> parts) {
        String size = Long.toString(parts.stream().mapToLong(Part::size).sum());
        if (!exchange.header(OBJECT_SIZE).orElse(size).equals(size)) {
            throw new AwsException(
                    400,
                    "InvalidRequest",
                    "The provided 'x-amz-mp-object-size' header does not match what was computed");
        }
    }

    private static void checkChecksum(Exchange exchange, MultipartChecksum checksum, String value) {
        // Some clients name a composite one without the number of its parts.
        String expected = exchange.header(checksum.header()).orElse(value);
        if (!expected.equals(value) && !value.startsWith(expected + "-")) {
            throw new AwsException(
                    400,
                    "BadDigest",
                    "The " + checksum.algorithm() + " you specified did not match the calculated checksum.");
        }
    }

    /**
     * Writes the parts into one file.
     *
     * @return the object's checksum, null when it has none
     */
    private String join(String bucket, MultipartUpload upload, List<Part> parts, Path file) throws IOException {
        MultipartChecksum checksum = upload.checksum();
        boolean isFull = checksum != null && checksum.type() == MultipartChecksum.Type.FULL_OBJECT;
        Digest digest = isFull ? checksum.digest() : null;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Part part : parts) {
                try (InputStream in = Files.newInputStream(uploads.content(bucket, upload, part))) {
                    (isFull ? digest.reading(in) : in).transferTo(out);
                }
            }
        } catch (NoSuchFileException e) {
            // Replaced, aborted or completed by somebody else meanwhile.
            throw invalidPart();
        }
        if (checksum == null) {
            return null;
        }
        return isFull ? Base64.getEncoder().encodeToString(digest.value()) : checksum.composite(parts);
    }

    /** The MD5 of the parts' MD5s, with their number. */
    private static String etag(List<Part> parts) {
        Digest digest = Digest.ofJava("MD5");
        for (Part part : parts) {
            byte[] md5 = HexFormat.of().parseHex(part.etag().replace("\"", ""));
            digest.update(md5, 0, md5.length);
        }
        return '"' + HexFormat.of().formatHex(digest.value()) + '-' + parts.size() + '"';
    }

    private static void respond(
            Exchange exchange, String bucket, ObjectVersion stored, MultipartChecksum checksum, String value)
            throws IOException {
        Map<String, String> headers = new TreeMap<>(Map.of("content-type", "application/xml"));
        ObjectOperations.addVersion(headers, stored);
        String location = "http://" + exchange.header("host").orElse("localhost") + exchange.path();
        exchange.respond(
                200, headers, Xml.document("CompleteMultipartUploadResult", BucketOperations.NAMESPACE, xml -> {
                    xml.element("Location", location)
                            .element("Bucket", bucket)
                            .element("Key", stored.key())
                            .element("ETag", stored.etag());
                    if (value != null) {
                        xml.element(checksum.element(), value).element("ChecksumType", checksum.type());
                    }
                }));
    }
}
