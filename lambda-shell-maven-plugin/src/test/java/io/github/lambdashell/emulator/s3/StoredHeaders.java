package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The headers that are stored with an object. */
final class StoredHeaders {
    private static final String METADATA_PREFIX = "x-amz-meta-";
    private static final String DEFAULT_TYPE = "binary/octet-stream";
    private static final List<String> KEPT = List.of(
            "content-type",
            "content-encoding",
            "content-disposition",
            "content-language",
            "cache-control",
            "expires",
            "x-amz-checksum-crc32",
            "x-amz-checksum-crc32c",
            "x-amz-checksum-crc64nvme",
            "x-amz-checksum-sha1",
            "x-amz-checksum-sha256",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id");
    /** Headers of the request itself, and headers that request the emulator's only behavior. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "x-amz-date",
            "x-amz-content-sha256",
            "x-amz-decoded-content-length",
            "x-amz-trailer",
            "x-amz-sdk-checksum-algorithm",
            "x-amz-security-token",
            "x-amz-expected-bucket-owner",
            "x-amz-user-agent",
            "x-amz-te");

    private StoredHeaders() {}

    /**
     * Rejects headers that the emulator does not support.
     *
     * @param heeded headers that the operation supports in addition to the stored ones
     * @throws AwsException 501 if a header is not supported
     */
    static void refuseUnsupported(Exchange exchange, String... heeded) {
        for (String name : exchange.head().headers().keySet()) {
            boolean isKnown = !name.startsWith("x-amz-")
                    || name.startsWith(METADATA_PREFIX)
                    || KEPT.contains(name)
                    || WITHOUT_EFFECT.contains(name)
                    || List.of(heeded).contains(name);
            if (!isKnown) {
                throw new AwsException(
                        501,
                        "NotImplemented",
                        "A header you provided implies functionality that is not implemented: " + name);
            }
        }
    }

    /** Returns the headers to store of a request whose body was read. */
    static Map<String, String> of(Exchange exchange) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-type", DEFAULT_TYPE);
        for (String name : KEPT) {
            exchange.header(name).ifPresent(value -> headers.put(name, value));
        }
        for (String name : exchange.head().headers().keySet()) {
            if (name.startsWith(METADATA_PREFIX)) {
                headers.put(name, exchange.header(name).orElseThrow());
            }
        }
        // This encoding belongs to the transfer, not to the object.
        headers.computeIfPresent("content-encoding", (name, value) -> withoutAwsChunked(value));
        return headers;
    }

    private static String withoutAwsChunked(String encoding) {
        String kept = List.of(encoding.split("\\s*,\\s*")).stream()
                .filter(coding -> !coding.equals("aws-chunked"))
                .reduce((one, other) -> one + "," + other)
                .orElse("");
        return kept.isEmpty() ? null : kept;
    }
}
