package io.github.lambdashell.target.local.endpoint;

import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.NORMALIZE_PATH;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner.REGION_NAME;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A request as the SDK signs it, taken before it goes out, so that a test can spoil it.
 *
 * @param head request line and headers, with the empty line after them
 * @param body as it is sent
 */
public record SignedRequest(String head, byte[] body) {
    /** How a body is protected. */
    public enum Protection {
        /** By its hash. */
        HASHED,
        /** Not at all. */
        UNSIGNED
    }

    public static SignedRequest of(
            TestEndpoint endpoint, String service, String method, String path, byte[] body, Protection protection) {
        return of(endpoint, service, method, path, Map.of(), body, protection);
    }

    public static SignedRequest of(
            TestEndpoint endpoint,
            String service,
            String method,
            String path,
            Map<String, String> headers,
            byte[] body,
            Protection protection) {
        return of(
                endpoint.uri(),
                AwsCredentialsIdentity.create(endpoint.accessKeyId(), endpoint.secretAccessKey()),
                service,
                method,
                path,
                headers,
                body,
                protection);
    }

    public static SignedRequest of(
            URI endpoint,
            AwsCredentialsIdentity keys,
            String service,
            String method,
            String path,
            Map<String, String> headers,
            byte[] body,
            Protection protection) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                // As it is: resolving would take "a/../b" for "b".
                .uri(URI.create(endpoint + path))
                .method(SdkHttpMethod.valueOf(method))
                .putHeader("Host", endpoint.getAuthority())
                .putHeader("Content-Length", Integer.toString(body.length));
        headers.forEach(request::putHeader);
        boolean isS3 = service.equals("s3");
        var signed = AwsV4HttpSigner.create().sign((SignRequest.Builder<AwsCredentialsIdentity> r) -> {
            r.identity(keys)
                    .request(request.build())
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(SERVICE_SIGNING_NAME, service)
                    .putProperty(REGION_NAME, "us-east-1")
                    .putProperty(DOUBLE_URL_ENCODE, !isS3)
                    .putProperty(NORMALIZE_PATH, !isS3);
            if (protection == Protection.UNSIGNED) {
                r.putProperty(PAYLOAD_SIGNING_ENABLED, false);
            }
        });
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        Map<String, String> sorted = new TreeMap<>();
        signed.request().headers().forEach((name, values) -> sorted.put(name, String.join(",", values)));
        sorted.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        try (InputStream in = signed.payload().orElseThrow().newStream()) {
            return new SignedRequest(head + "\r\n", in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All of it. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
