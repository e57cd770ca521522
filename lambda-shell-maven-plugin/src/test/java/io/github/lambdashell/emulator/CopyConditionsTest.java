package io.github.lambdashell.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a client may ask of an object before it is copied; of an ETag and a date the ETag decides. */
class CopyConditionsTest {
    private static final String BUCKET = "code-bucket";

    @TempDir
    Path state;

    private StackFixture aws;
    private String etag;
    private Instant stored;

    @BeforeEach
    void store() {
        aws = new StackFixture(state);
        aws.s3.createBucket(request -> request.bucket(BUCKET));
        etag = aws.s3
                .putObject(request -> request.bucket(BUCKET).key("source"), RequestBody.fromString("content"))
                .eTag();
        stored = aws.s3
                .headObject(request -> request.bucket(BUCKET).key("source"))
                .lastModified();
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void anETagMustMatchOrMustNot() {
        assertCopied(request -> request.copySourceIfMatch(etag));
        assertRefused(request -> request.copySourceIfMatch("\"other\""));
        assertCopied(request -> request.copySourceIfNoneMatch("\"other\""));
        assertRefused(request -> request.copySourceIfNoneMatch(etag));
    }

    @Test
    void aDateIsComparedToTheSecond() {
        Instant earlier = stored.minus(Duration.ofSeconds(1));

        assertCopied(request -> request.copySourceIfUnmodifiedSince(stored));
        assertRefused(request -> request.copySourceIfUnmodifiedSince(earlier));
        assertCopied(request -> request.copySourceIfModifiedSince(earlier));
        assertRefused(request -> request.copySourceIfModifiedSince(stored));
    }

    @Test
    void theETagDecidesOverTheDate() {
        Instant earlier = stored.minus(Duration.ofSeconds(1));

        assertCopied(request -> request.copySourceIfMatch(etag).copySourceIfUnmodifiedSince(earlier));
        assertRefused(request -> request.copySourceIfNoneMatch(etag).copySourceIfModifiedSince(earlier));
    }

    private void copy(Consumer<CopyObjectRequest.Builder> condition) {
        aws.s3.copyObject(request -> {
            request.sourceBucket(BUCKET)
                    .sourceKey("source")
                    .destinationBucket(BUCKET)
                    .destinationKey("copy");
            condition.accept(request);
        });
    }

    private void assertCopied(Consumer<CopyObjectRequest.Builder> condition) {
        copy(condition);
        assertThat(aws.s3
                        .getObjectAsBytes(request -> request.bucket(BUCKET).key("copy"))
                        .asUtf8String())
                .isEqualTo("content");
        aws.s3.deleteObject(request -> request.bucket(BUCKET).key("copy"));
    }

    private void assertRefused(Consumer<CopyObjectRequest.Builder> condition) {
        assertThatThrownBy(() -> copy(condition)).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.statusCode()).isEqualTo(412);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("PreconditionFailed");
        });
    }
}
