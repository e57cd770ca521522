package io.github.lambdashell.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

class MultipartUploadTest extends S3Fixture {
    private static final int SMALLEST = 5 * 1024 * 1024;

    private final byte[] content = new byte[2 * SMALLEST + 7];

    @BeforeEach
    void fill() {
        new Random(1).nextBytes(content);
    }

    private String begin() {
        return s3.createMultipartUpload(
                        request -> request.bucket(BUCKET).key("k").metadata(Map.of("who", "me")))
                .uploadId();
    }

    private CompletedPart upload(String id, int number, byte[] part) {
        UploadPartResponse response = s3.uploadPart(
                request -> request.bucket(BUCKET).key("k").uploadId(id).partNumber(number),
                RequestBody.fromBytes(part));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(response.eTag())
                .checksumCRC32(response.checksumCRC32())
                .build();
    }

    private List<CompletedPart> uploadAll(String id) {
        List<CompletedPart> parts = new ArrayList<>();
        for (int from = 0; from < content.length; from += SMALLEST) {
            byte[] part = Arrays.copyOfRange(content, from, Math.min(content.length, from + SMALLEST));
            parts.add(upload(id, parts.size() + 1, part));
        }
        return parts;
    }

    private CompleteMultipartUploadResponse complete(String id, List<CompletedPart> parts) {
        return s3.completeMultipartUpload(
                request -> request.bucket(BUCKET).key("k").uploadId(id).multipartUpload(all -> all.parts(parts)));
    }

    private static void assertRefused(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> assertThat(
                        e.awsErrorDetails().errorCode())
                .isEqualTo(code));
    }

    /** Those of parts, and those on their way. */
    private long filesOfUploads() throws Exception {
        Path state = root.resolve("state");
        try (Stream<Path> files = Files.walk(state)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.startsWith(state.resolve("tmp"))
                            || file.startsWith(state.resolve("buckets/" + BUCKET + "/uploads")))
                    .count();
        }
    }

    @Test
    void thePartsMakeTheObjectAndNothingElseStays() throws Exception {
        String id = begin();
        List<CompletedPart> parts = uploadAll(id);
        CompleteMultipartUploadResponse completed = complete(id, parts);

        MessageDigest md5OfMd5s = MessageDigest.getInstance("MD5");
        for (CompletedPart part : parts) {
            md5OfMd5s.update(HexFormat.of().parseHex(part.eTag().replace("\"", "")));
        }
        String etag = '"' + HexFormat.of().formatHex(md5OfMd5s.digest()) + "-3\"";
        assertThat(completed.eTag()).isEqualTo(etag);
        var stored = s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("k"));
        assertThat(stored.asByteArray()).isEqualTo(content);
        assertThat(stored.response().eTag()).isEqualTo(etag);
        assertThat(stored.response().metadata()).containsEntry("who", "me");
        assertThat(filesOfUploads()).isZero();
        assertRefused(() -> complete(id, parts), "NoSuchUpload");
    }

    @ParameterizedTest
    @CsvSource({"CRC32,COMPOSITE", "CRC32,FULL_OBJECT", "CRC64_NVME,FULL_OBJECT"})
    void theChecksumIsOfTheTypeThatWasAskedFor(ChecksumAlgorithm algorithm, ChecksumType type) throws Exception {
        String id = s3.createMultipartUpload(request -> request.bucket(BUCKET)
                        .key("k")
                        .checksumAlgorithm(algorithm)
                        .checksumType(type))
                .uploadId();
        byte[] text = "123456789".getBytes();
        UploadPartResponse part = s3.uploadPart(
                request -> request.bucket(BUCKET)
                        .key("k")
                        .uploadId(id)
                        .partNumber(1)
                        .checksumCRC64NVME(algorithm == ChecksumAlgorithm.CRC64_NVME ? "rosUhgp5mIg=" : null)
                        .checksumCRC32(algorithm == ChecksumAlgorithm.CRC32 ? "y/Q5Jg==" : null),
                RequestBody.fromBytes(text));
        CompleteMultipartUploadResponse completed = complete(
                id,
                List.of(CompletedPart.builder()
                        .partNumber(1)
                        .eTag(part.eTag())
                        .checksumCRC32(part.checksumCRC32())
                        .checksumCRC64NVME(part.checksumCRC64NVME())
                        .build()));
        assertThat(completed.checksumType()).isEqualTo(type);
        if (type == ChecksumType.COMPOSITE) {
            assertThat(completed.checksumCRC32()).endsWith("-1").doesNotStartWith("y/Q5Jg==");
        } else if (algorithm == ChecksumAlgorithm.CRC32) {
            assertThat(completed.checksumCRC32()).isEqualTo("y/Q5Jg==");
        } else {
            assertThat(completed.checksumCRC64NVME()).isEqualTo("rosUhgp5mIg=");
        }
        assertThat(s3.getObjectAsBytes(
                                request -> request.bucket(BUCKET).key("k").checksumMode(ChecksumMode.ENABLED))
                        .asByteArray())
                .isEqualTo(text);
    }

    @Test
    void aWrongChecksumOfTheWholeStoresNothing() {
        String id = s3.createMultipartUpload(request -> request.bucket(BUCKET)
                        .key("k")
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                        .checksumType(ChecksumType.FULL_OBJECT))
                .uploadId();
        CompletedPart part = upload(id, 1, "123456789".getBytes());
        assertRefused(
                () -> s3.completeMultipartUpload(request -> request.bucket(BUCKET)
                        .key("k")
                        .uploadId(id)
                        .checksumCRC32("AAAAAA==")
                        .multipartUpload(all -> all.parts(part))),
                "BadDigest");
        s3.completeMultipartUpload(request -> request.bucket(BUCKET)
                .key("k")
                .uploadId(id)
                .checksumCRC32("y/Q5Jg==")
                .multipartUpload(all -> all.parts(part)));
    }

    @Test
    void aListOfPartsThatIsNotRightIsRefused() {
        String id = begin();
        CompletedPart first = upload(id, 1, new byte[] {1});
        CompletedPart second = upload(id, 2, new byte[] {2});
        assertRefused(() -> complete(id, List.of(second, first)), "InvalidPartOrder");
        assertRefused(() -> complete(id, List.of(first, second)), "EntityTooSmall");
        assertRefused(
                () -> complete(id, List.of(first.toBuilder().eTag(second.eTag()).build())), "InvalidPart");
        assertRefused(() -> complete(id, List.of(first.toBuilder().partNumber(3).build())), "InvalidPart");
        assertRefused(() -> complete("../" + id, List.of(first)), "NoSuchUpload");
        complete(id, List.of(second));
        assertThat(s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("k"))
                        .asByteArray())
                .containsExactly(2);
    }

    @Test
    void aPartIsReplacedByOneOfTheSameNumberAndNumbersAreBounded() throws Exception {
        String id = begin();
        upload(id, 10_000, new byte[] {1, 2, 3});
        upload(id, 10_000, new byte[] {4});
        upload(id, 1, new byte[] {5, 6});
        List<Part> listed =
                s3
                        .listPartsPaginator(request ->
                                request.bucket(BUCKET).key("k").uploadId(id).maxParts(1))
                        .stream()
                        .flatMap(page -> page.parts().stream())
                        .toList();
        assertThat(listed).extracting(Part::partNumber).containsExactly(1, 10_000);
        assertThat(listed).extracting(Part::size).containsExactly(2L, 1L);
        assertThat(filesOfUploads()).isEqualTo(5);
        for (int number : new int[] {0, 10_001}) {
            assertThatThrownBy(() -> upload(id, number, new byte[1]))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
        }
    }

    @Test
    void anUploadThatIsAbortedLeavesNothing() throws Exception {
        String id = begin();
        upload(id, 1, new byte[] {1});
        assertThat(s3.listMultipartUploads(request -> request.bucket(BUCKET)).uploads())
                .extracting(MultipartUpload::uploadId)
                .containsExactly(id);
        s3.abortMultipartUpload(request -> request.bucket(BUCKET).key("k").uploadId(id));
        assertThat(s3.listMultipartUploads(request -> request.bucket(BUCKET)).uploads())
                .isEmpty();
        assertThat(filesOfUploads()).isZero();
        assertRefused(
                () -> s3.abortMultipartUpload(
                        request -> request.bucket(BUCKET).key("k").uploadId(id)),
                "NoSuchUpload");
    }

    @Test
    void anUnfinishedUploadGoesWithItsBucket() throws Exception {
        upload(begin(), 1, new byte[] {1});
        s3.deleteBucket(request -> request.bucket(BUCKET));
        assertThat(filesOfUploads()).isZero();
    }

    @Test
    void aCopyHasTheContentAndTheMetadataOfItsSourceUnlessToldOtherwise() {
        String key = "a b/é+%.txt";
        s3.putObject(
                request -> request.bucket(BUCKET).key(key).metadata(Map.of("who", "me")),
                RequestBody.fromBytes(content));
        s3.createBucket(request -> request.bucket("other-bucket"));
        s3.copyObject(request -> request.sourceBucket(BUCKET)
                .sourceKey(key)
                .destinationBucket("other-bucket")
                .destinationKey("copy"));
        var copy = s3.getObjectAsBytes(
                request -> request.bucket("other-bucket").key("copy").checksumMode(ChecksumMode.ENABLED));
        assertThat(copy.asByteArray()).isEqualTo(content);
        assertThat(copy.response().metadata()).isEqualTo(Map.of("who", "me"));

        assertRefused(
                () -> s3.copyObject(request -> request.sourceBucket(BUCKET)
                        .sourceKey(key)
                        .destinationBucket(BUCKET)
                        .destinationKey(key)),
                "InvalidRequest");
        s3.copyObject(request -> request.sourceBucket(BUCKET)
                .sourceKey(key)
                .destinationBucket(BUCKET)
                .destinationKey(key)
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("who", "you")));
        assertThat(s3.headObject(request -> request.bucket(BUCKET).key(key)).metadata())
                .isEqualTo(Map.of("who", "you"));
        assertRefused(
                () -> s3.copyObject(request -> request.sourceBucket(BUCKET)
                        .sourceKey("none")
                        .destinationBucket(BUCKET)
                        .destinationKey("copy")),
                "NoSuchKey");
    }

    @Test
    void aPartCanBeCopiedFromARangeOfAnObject() {
        s3.putObject(request -> request.bucket(BUCKET).key("source"), RequestBody.fromString("0123456789"));
        String id = s3.createMultipartUpload(request -> request.bucket(BUCKET).key("k"))
                .uploadId();
        assertThat(s3.getObjectTagging(request -> request.bucket(BUCKET).key("source"))
                        .tagSet())
                .isEmpty();
        assertRefused(
                () -> s3.uploadPartCopy(request -> request.sourceBucket(BUCKET)
                        .sourceKey("source")
                        .copySourceIfMatch("other")
                        .destinationBucket(BUCKET)
                        .destinationKey("k")
                        .uploadId(id)
                        .partNumber(1)),
                "PreconditionFailed");
        var part = s3.uploadPartCopy(request -> request.sourceBucket(BUCKET)
                        .sourceKey("source")
                        .copySourceRange("bytes=2-4")
                        .destinationBucket(BUCKET)
                        .destinationKey("k")
                        .uploadId(id)
                        .partNumber(1))
                .copyPartResult();
        complete(
                id,
                List.of(CompletedPart.builder()
                        .partNumber(1)
                        .eTag(part.eTag())
                        .checksumCRC32(part.checksumCRC32())
                        .build()));
        assertThat(s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("k"))
                        .asUtf8String())
                .isEqualTo("234");
    }
}
