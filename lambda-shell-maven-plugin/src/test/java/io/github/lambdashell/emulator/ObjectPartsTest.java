package io.github.lambdashell.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects read part by part, as the SDKs' download managers do. */
class ObjectPartsTest extends S3Fixture {
    private static final int PART = 5 * 1024 * 1024;

    private final byte[] content = new byte[2 * PART + 7];

    @BeforeEach
    void fill() {
        new Random(1).nextBytes(content);
    }

    @Test
    void anObjectThatCameInPartsIsReadInTheSameParts() {
        uploadInParts();

        List<byte[]> parts = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            ResponseBytes<GetObjectResponse> part = get("k", number);
            assertThat(part.response().partsCount()).isEqualTo(3);
            assertThat(part.response().contentLength()).isEqualTo(part.asByteArray().length);
            parts.add(part.asByteArray());
        }

        assertThat(parts).extracting(part -> part.length).containsExactly(PART, PART, 7);
        assertThat(parts.get(1)).isEqualTo(Arrays.copyOfRange(content, PART, 2 * PART));
        assertThat(parts.get(2)).isEqualTo(Arrays.copyOfRange(content, 2 * PART, content.length));
        assertThat(get("k", 3).response().contentRange())
                .isEqualTo("bytes %d-%d/%d".formatted(2 * PART, content.length - 1, content.length));
    }

    @Test
    void theHeadOfAPartTellsHowManyThereAre() {
        uploadInParts();

        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(BUCKET).key("k").partNumber(1));

        assertThat(head.partsCount()).isEqualTo(3);
        assertThat(head.contentLength()).isEqualTo(PART);
        assertThat(s3.headObject(request -> request.bucket(BUCKET).key("k")).partsCount())
                .as("told only to whom asks for a part")
                .isNull();
    }

    @Test
    void anObjectThatCameWholeIsItsOwnOnlyPart() {
        s3.putObject(request -> request.bucket(BUCKET).key("whole"), RequestBody.fromString("0123456789"));

        assertThat(get("whole", 1).asUtf8String()).isEqualTo("0123456789");
        assertThat(get("whole", 1).response().partsCount()).isNull();
        assertRefused("whole", 2, 416, "InvalidPartNumber");
    }

    @Test
    void anEmptyObjectHasAPartWithNothingInIt() {
        s3.putObject(request -> request.bucket(BUCKET).key("empty"), RequestBody.empty());

        assertThat(get("empty", 1).asByteArray()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4, 416, InvalidPartNumber", "0, 400, InvalidArgument", "10001, 400, InvalidArgument"})
    void aPartThatThereIsNotIsRefused(int number, int status, String code) {
        uploadInParts();

        assertRefused("k", number, status, code);
    }

    @Test
    void aPartAndARangeOfBytesAtOnceAreRefused() {
        uploadInParts();

        assertThatThrownBy(() -> s3.getObjectAsBytes(
                        request -> request.bucket(BUCKET).key("k").partNumber(1).range("bytes=0-3")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidRequest"));
    }

    private ResponseBytes<GetObjectResponse> get(String key, int part) {
        return s3.getObjectAsBytes(
                request -> request.bucket(BUCKET).key(key).partNumber(part).checksumMode(ChecksumMode.ENABLED));
    }

    private void assertRefused(String key, int part, int status, String code) {
        assertThatThrownBy(() -> get(key, part)).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.statusCode()).isEqualTo(status);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }

    /** With the checksum of the whole, which is that of no part. */
    private void uploadInParts() {
        String id = s3.createMultipartUpload(request -> request.bucket(BUCKET)
                        .key("k")
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                        .checksumType(ChecksumType.FULL_OBJECT))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int from = 0; from < content.length; from += PART) {
            byte[] part = Arrays.copyOfRange(content, from, Math.min(content.length, from + PART));
            int number = parts.size() + 1;
            var uploaded = s3.uploadPart(
                    request -> request.bucket(BUCKET)
                            .key("k")
                            .uploadId(id)
                            .partNumber(number)
                            .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                    RequestBody.fromBytes(part));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(uploaded.eTag())
                    .checksumCRC32(uploaded.checksumCRC32())
                    .build());
        }
        s3.completeMultipartUpload(request -> request.bucket(BUCKET)
                .key("k")
                .uploadId(id)
                .checksumType(ChecksumType.FULL_OBJECT)
                .multipartUpload(all -> all.parts(parts)));
    }
}
