package io.github.lambdashell.target.local.endpoint.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AUTH_LOCATION;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.EXPIRATION_DURATION;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.NORMALIZE_PATH;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner.REGION_NAME;
import static software.amazon.awssdk.http.auth.spi.signer.HttpSigner.SIGNING_CLOCK;

import io.github.lambdashell.target.local.endpoint.sigv4.AuthenticationException.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** The SDK's own signer signs; what it signed is let in, and nothing else. */
class SignatureVerifierTest {
    private static final KeyPair KEYS = KeyPair.random();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static VerifiedSignature verify(RequestHead head, Instant now) throws Exception {
        return new SignatureVerifier(KEYS::named, Clock.fixed(now, ZoneOffset.UTC)).verify(head, () -> EMPTY);
    }

    private static RequestHead sign(SdkHttpRequest request, String service, byte[] body, Duration validFor) {
        boolean isS3 = service.equals("s3");
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign((SignRequest.Builder<AwsCredentialsIdentity> r) -> {
                    r.identity(AwsCredentialsIdentity.create(KEYS.accessKeyId(), KEYS.secretAccessKey()))
                            .request(request)
                            .payload(body == null ? null : ContentStreamProvider.fromByteArray(body))
                            .putProperty(SERVICE_SIGNING_NAME, service)
                            .putProperty(REGION_NAME, "us-east-1")
                            // As the SDK's own presigner has it for S3, where the body isn't known yet.
                            .putProperty(PAYLOAD_SIGNING_ENABLED, !isS3 || validFor == null)
                            .putProperty(DOUBLE_URL_ENCODE, !isS3)
                            .putProperty(NORMALIZE_PATH, !isS3)
                            .putProperty(SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
                    if (validFor != null) {
                        r.putProperty(AUTH_LOCATION, AuthLocation.QUERY_STRING)
                                .putProperty(EXPIRATION_DURATION, validFor);
                    }
                })
                .request();
        return head(signed);
    }

    private static RequestHead head(SdkHttpRequest request) {
        String query = SdkHttpUtils.encodeAndFlattenQueryParameters(request.rawQueryParameters())
                .map(text -> "?" + text)
                .orElse("");
        Map<String, List<String>> headers = new TreeMap<>();
        request.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return RequestHead.of(request.method().name(), request.encodedPath() + query, headers);
    }

    private static SdkHttpRequest.Builder request() {
        return SdkHttpRequest.builder()
                .uri(URI.create("http://127.0.0.1:4566/"))
                .method(SdkHttpMethod.GET)
                .putHeader("Host", "127.0.0.1:4566");
    }

    /** A request of the kind that the SDK makes, with all that may be in one. */
    private static SdkHttpRequest random(Random random) {
        SdkHttpRequest.Builder request = request()
                .method(SdkHttpMethod.values()[random.nextInt(SdkHttpMethod.values().length)])
                .encodedPath("/" + SdkHttpUtils.urlEncodeIgnoreSlashes(text(random, 20)));
        for (int i = random.nextInt(4); i > 0; i--) {
            request.appendRawQueryParameter(text(random, 8) + i, text(random, 8));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            request.putHeader("X-Amz-Meta-" + i, ("v" + text(random, 9)).replaceAll("[^ -~]", " ") + "v");
        }
        return request.build();
    }

    private static String text(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> "/+%&=?#:;,$!*'()~.-_ ".charAt(random.nextInt(21));
                        case 1 -> 0x80 + random.nextInt(0x700);
                        case 2 -> 0x1F600 + random.nextInt(64);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverTheSdkSignsIsLetIn(long seed) throws Exception {
        Random random = new Random(seed);
        SdkHttpRequest request = random(random);
        byte[] body = text(random, 100).getBytes(StandardCharsets.UTF_8);
        for (String service : List.of("s3", "lambda", "cloudformation")) {
            assertThat(verify(sign(request, service, body, null), NOW).service())
                    .isEqualTo(service);
            assertThat(verify(sign(request, service, null, Duration.ofMinutes(5)), NOW)
                            .service())
                    .isEqualTo(service);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noRequestIsLetInWhenAnyPartOfItIsAnother(long seed) {
        Random random = new Random(seed);
        SdkHttpRequest request = random(random);
        for (String service : List.of("s3", "lambda")) {
            for (Duration validFor : new Duration[] {null, Duration.ofMinutes(5)}) {
                RequestHead head = sign(request, service, validFor == null ? new byte[3] : null, validFor);
                for (RequestHead tampered : tampered(head)) {
                    assertThatThrownBy(() -> verify(tampered, NOW))
                            .as("%s instead of %s", tampered, head)
                            .isInstanceOf(AuthenticationException.class);
                }
            }
        }
    }

    private static List<RequestHead> tampered(RequestHead head) {
        List<RequestHead> tampered = new ArrayList<>();
        tampered.add(copy(head, head.method() + "X", head.rawPath() + "", head.query(), head.headers()));
        tampered.add(copy(head, head.method(), head.rawPath() + "x", head.query(), head.headers()));
        head.query().forEach((name, values) -> {
            tampered.add(copy(head, head.method(), head.rawPath(), with(head.query(), name, "1"), head.headers()));
            tampered.add(copy(head, head.method(), head.rawPath(), with(head.query(), name, null), head.headers()));
        });
        tampered.add(copy(head, head.method(), head.rawPath(), with(head.query(), "added", ""), head.headers()));
        head.headers().forEach((name, values) -> {
            tampered.add(copy(head, head.method(), head.rawPath(), head.query(), with(head.headers(), name, "1")));
            tampered.add(copy(head, head.method(), head.rawPath(), head.query(), with(head.headers(), name, null)));
        });
        tampered.add(copy(head, head.method(), head.rawPath(), head.query(), with(head.headers(), "x-amz-added", "1")));
        return tampered;
    }

    private static RequestHead copy(
            RequestHead head,
            String method,
            String rawPath,
            Map<String, List<String>> query,
            Map<String, List<String>> headers) {
        RequestHead path = RequestHead.of(method, rawPath, headers);
        return new RequestHead(method, rawPath, path.path(), query, headers);
    }

    private static Map<String, List<String>> with(Map<String, List<String>> map, String name, String value) {
        Map<String, List<String>> copy = new TreeMap<>(map);
        if (value == null) {
            copy.remove(name);
        } else {
            copy.put(name, List.of(value));
        }
        return copy;
    }

    @Test
    void theExampleOfAwsDocumentationComesOutRight() throws Exception {
        // "GET Object" of the S3 API reference's examples of signature calculations.
        KeyPair example = new KeyPair("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        RequestHead head = RequestHead.of(
                "GET",
                "/test.txt",
                Map.of(
                        "host", List.of("examplebucket.s3.amazonaws.com"),
                        "range", List.of("bytes=0-9"),
                        "x-amz-content-sha256", List.of(EMPTY),
                        "x-amz-date", List.of("20130524T000000Z"),
                        "authorization",
                                List.of(
                                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature="
                                                + "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")));
        Clock then = Clock.fixed(Instant.parse("2013-05-24T00:05:00Z"), ZoneOffset.UTC);
        assertThat(new SignatureVerifier(example::named, then)
                        .verify(head, () -> EMPTY)
                        .service())
                .isEqualTo("s3");
    }

    @ParameterizedTest
    @CsvSource({"-14, true", "-16, false", "14, true", "16, false"})
    void aClockMayBeAQuarterOfAnHourWrong(int minutes, boolean letIn) throws Exception {
        RequestHead head = sign(request().build(), "sts", null, null);
        Instant now = NOW.plus(Duration.ofMinutes(minutes));
        if (letIn) {
            assertThat(verify(head, now).service()).isEqualTo("sts");
        } else {
            assertKind(head, now, Kind.EXPIRED);
        }
    }

    @Test
    void aPresignedUrlHoldsAsLongAsItSays() throws Exception {
        RequestHead head = sign(request().build(), "s3", null, Duration.ofHours(1));
        verify(head, NOW.plusSeconds(3600));
        assertKind(head, NOW.plusSeconds(3601), Kind.EXPIRED);
        assertKind(head, NOW.minusSeconds(16 * 60), Kind.EXPIRED);
    }

    private static void assertKind(RequestHead head, Instant now, Kind kind) {
        assertThatThrownBy(() -> verify(head, now))
                .isInstanceOfSatisfying(
                        AuthenticationException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void withoutASignatureNothingIsReadOfTheBody() {
        RequestHead head = RequestHead.of("POST", "/", Map.of("host", List.of("x")));
        SignatureVerifier verifier = new SignatureVerifier(KEYS::named, Clock.fixed(NOW, ZoneOffset.UTC));
        assertThatThrownBy(() -> verifier.verify(head, () -> {
                    throw new AssertionError("the body was read");
                }))
                .isInstanceOfSatisfying(
                        AuthenticationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISSING));
    }

    @Test
    void anotherKeysRequestIsRefusedBeforeItsBodyIsRead() {
        RequestHead head = sign(request().build(), "sts", null, null);
        SignatureVerifier verifier = new SignatureVerifier(KeyPair.random()::named, Clock.fixed(NOW, ZoneOffset.UTC));
        assertThatThrownBy(() -> verifier.verify(head, () -> {
                    throw new AssertionError("the body was read");
                }))
                .isInstanceOfSatisfying(
                        AuthenticationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA256 ",
                "AWS4-HMAC-SHA256 Credential=",
                "AWS4-HMAC-SHA256 Credential=a/b/c/d/e,SignedHeaders=host,Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/20260301/r/s/aws4_request,SignedHeaders=,Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/20260302/r/s/aws4_request,SignedHeaders=host,Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/b/c/20260301/r/s/aws4_request,SignedHeaders=host,Signature=0",
                "AWS4-ECDSA-P256-SHA256 Credential=a/20260301/r/s/aws4_request,SignedHeaders=host,Signature=0",
                "AWS AKIAIOSFODNN7EXAMPLE:bWq2s1WEIj+Ydj0vQ697zp+IXMU=",
                "Bearer x"
            })
    void whatIsNoSignatureIsMalformed(String authorization) {
        RequestHead head = RequestHead.of(
                "GET",
                "/",
                Map.of(
                        "host", List.of("x"),
                        "x-amz-date", List.of("20260301T120000Z"),
                        "authorization", List.of(authorization)));
        assertKind(head, NOW, Kind.MALFORMED);
    }

    @Test
    void theHostHasToBeSigned() {
        RequestHead head = RequestHead.of(
                "GET",
                "/",
                Map.of(
                        "host", List.of("x"),
                        "x-amz-date", List.of("20260301T120000Z"),
                        "authorization",
                                List.of("AWS4-HMAC-SHA256 Credential=" + KEYS.accessKeyId()
                                        + "/20260301/r/sts/aws4_request,SignedHeaders=x-amz-date,Signature=0")));
        assertKind(head, NOW, Kind.MALFORMED);
    }
}
