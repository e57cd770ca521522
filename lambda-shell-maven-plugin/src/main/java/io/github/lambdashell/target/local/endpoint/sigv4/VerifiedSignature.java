package io.github.lambdashell.target.local.endpoint.sigv4;

/**
 * A valid signature.
 *
 * @param accessKeyId id of the access key, not null
 * @param service service of the scope, such as {@code s3}, not null
 * @param payload signed value of {@code x-amz-content-sha256}, which determines how the body is protected, not null
 * @param signingKey key derived from the secret for the scope, for chunks that are signed one by one, not null
 * @param timestamp time of the signature as it was signed, not null
 * @param scope date/region/service/aws4_request, not null
 * @param signature hexadecimal, not null; the first chunk's signature depends on it
 */
public record VerifiedSignature(
        String accessKeyId,
        String service,
        String payload,
        byte[] signingKey,
        String timestamp,
        String scope,
        String signature) {

    /** Returns the hexadecimal signature of a text with the request's key. */
    public String sign(String text) {
        return Hashes.hex(Hashes.hmac(signingKey, text));
    }

    /** Compares two signatures in a time that does not depend on their content. */
    public static boolean equal(String one, String other) {
        return Hashes.equal(one, other);
    }
}
