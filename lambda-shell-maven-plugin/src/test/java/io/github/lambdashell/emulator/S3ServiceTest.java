package io.github.lambdashell.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3ServiceTest extends S3Fixture {

    private void put(String key, String content) {
        s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    private String get(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(BUCKET).key(key)).asUtf8String();
    }

    @Test
    void anObjectComesBackAsItWasStored() {
        byte[] content = new byte[3_000_001];
        new Random(1).nextBytes(content);
        String etag = s3.putObject(
                        request -> request.bucket(BUCKET)
                                .key("a/b.zip")
                                .contentType("application/zip")
                                .metadata(Map.of("who", "me")),
                        RequestBody.fromBytes(content))
                .eTag();

        ResponseInputStream<GetObjectResponse> stored =
                s3.getObject(request -> request.bucket(BUCKET).key("a/b.zip"));
        assertThat(stored).hasBinaryContent(content);
        assertThat(stored.response().eTag()).isEqualTo(etag);
        assertThat(stored.response().contentType()).isEqualTo("application/zip");
        assertThat(stored.response().contentEncoding()).isNull();
        assertThat(stored.response().metadata()).containsEntry("who", "me");
        assertThat(s3.headObject(request -> request.bucket(BUCKET).key("a/b.zip"))
                        .contentLength())
                .isEqualTo(content.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../escape",
                "..",
                ".",
                "/leading//double/",
                "a b+c%20d?e=f&g#h",
                "é€😀\u0001\t",
                "nul\u0000nul",
                "C:\\con",
                "bucket.json"
            })
    void anyKeyIsJustAName(String key) throws Exception {
        put(key, "content of " + key);
        assertThat(get(key)).isEqualTo("content of " + key);
        ListObjectsV2Response list =
                s3.listObjectsV2(request -> request.bucket(BUCKET).encodingType("url"));
        assertThat(list.contents()).extracting(S3Object::key).containsExactly(key);
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(file).startsWith(root.resolve("state")));
        }
        s3.deleteObject(request -> request.bucket(BUCKET).key(key));
        s3.deleteBucket(request -> request.bucket(BUCKET));
    }

    @Test
    void aKeyOfTheLongestLengthIsTakenAndALongerOneRefused() {
        put("k".repeat(1024), "x");
        assertThat(get("k".repeat(1024))).isEqualTo("x");
        assertThatThrownBy(() -> get("k".repeat(1025))).isInstanceOfSatisfying(S3Exception.class, e -> assertThat(
                        e.awsErrorDetails().errorCode())
                .isEqualTo("KeyTooLongError"));
    }

    private String range(String range) {
        return s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("k").range(range))
                .asUtf8String();
    }

    @Test
    void allPagesOfAListAreRead() {
        List<String> keys = IntStream.range(0, 25)
                .mapToObj(i -> String.format("dir%d/file%02d", i % 3, i))
                .sorted()
                .toList();
        keys.forEach(key -> put(key, "x"));

        List<String> listed = new ArrayList<>();
        s3.listObjectsV2Paginator(
                        ListObjectsV2Request.builder().bucket(BUCKET).maxKeys(4).build())
                .contents()
                .forEach(object -> listed.add(object.key()));
        assertThat(listed).isEqualTo(keys);

        List<String> directories = new ArrayList<>();
        s3.listObjectsV2Paginator(ListObjectsV2Request.builder()
                        .bucket(BUCKET)
                        .delimiter("/")
                        .maxKeys(1)
                        .build())
                .commonPrefixes()
                .forEach(prefix -> directories.add(prefix.prefix()));
        assertThat(directories).containsExactly("dir0/", "dir1/", "dir2/");
    }

    @Test
    void aBucketThatHoldsAnythingStays() {
        put("k", "x");
        assertThatThrownBy(() -> s3.deleteBucket(request -> request.bucket(BUCKET)))
                .isInstanceOfSatisfying(S3Exception.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(409);
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("BucketNotEmpty");
                });
        var versions = s3.listObjectVersions(request -> request.bucket(BUCKET)).versions();
        assertThat(versions).hasSize(1);
        s3.deleteObjects(request -> request.bucket(BUCKET)
                .delete(delete -> delete.objects(versions.stream()
                        .map(version -> ObjectIdentifier.builder()
                                .key(version.key())
                                .versionId(version.versionId())
                                .build())
                        .toList())));
        s3.deleteBucket(request -> request.bucket(BUCKET));
        assertThatThrownBy(() -> s3.headBucket(request -> request.bucket(BUCKET)))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void aPresignedUrlServesItsHolderUntilItExpires() throws Exception {
        put("k", "secret");
        try (S3Presigner presigner = presigner()) {
            URL get = presigner
                    .presignGetObject(presign -> presign.signatureDuration(Duration.ofMinutes(1))
                            .getObjectRequest(request -> request.bucket(BUCKET).key("k")))
                    .url();
            assertThat(status(get)).isEqualTo(200);
            assertThat(status(new URL(get.toString().replace("/k?", "/other?"))))
                    .isEqualTo(403);
            URL expired = presigner
                    .presignGetObject(presign -> presign.signatureDuration(Duration.ofSeconds(1))
                            .getObjectRequest(request -> request.bucket(BUCKET).key("k")))
                    .url();
            Thread.sleep(2100);
            assertThat(status(expired)).isEqualTo(403);
        }
    }

    @Test
    void aPresignedUrlTakesAnUpload() throws Exception {
        try (S3Presigner presigner = presigner()) {
            URL url = presigner
                    .presignPutObject(presign -> presign.signatureDuration(Duration.ofMinutes(1))
                            .putObjectRequest(request -> request.bucket(BUCKET).key("k")))
                    .url();
            HttpURLConnection connection = (HttpURLConnection) url.openConnection();
            connection.setRequestMethod("PUT");
            connection.setDoOutput(true);
            connection.getOutputStream().write("uploaded".getBytes(StandardCharsets.UTF_8));
            assertThat(connection.getResponseCode()).isEqualTo(200);
        }
        assertThat(get("k")).isEqualTo("uploaded");
    }

    private S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(endpoint.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(Clients.keysOf(endpoint))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    private static int status(URL url) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            body.readAllBytes();
        }
        return status;
    }

    @Test
    void aMissingFileIsReportedAsMissing() {
        // The JDK's client drops the body of a response that arrives instead of "100 Continue", so only the status is
        // tested.
        assertThatThrownBy(() ->
                        s3.putObject(request -> request.bucket("no-such-bucket").key("k"), RequestBody.fromString("x")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
        assertThatThrownBy(() ->
                        s3.getObject(request -> request.bucket("no-such-bucket").key("k")))
                .isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> s3.putObject(
                        request -> request.bucket(BUCKET).key("k").tagging("a=b"), RequestBody.fromString("x")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(501));
        assertThatThrownBy(() -> s3.getBucketPolicy(request -> request.bucket(BUCKET)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.getMessage()).contains("has no GET /code-bucket?policy"));
    }
}
