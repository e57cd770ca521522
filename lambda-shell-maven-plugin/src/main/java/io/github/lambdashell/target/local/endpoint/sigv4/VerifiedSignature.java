package io.github.lambdashell.target.local.endpoint.sigv4;

/**
 * A signature that was found right.
 *
 * @param accessKeyId whose it is
 * @param service of its scope, such as {@code s3}
 * @param payload how the body is protected: the {@code x-amz-content-sha256} that was signed
 * @param signingKey derived from the secret for the scope, for chunks that are signed one by one
 * @param timestamp as it was signed
 * @param scope date/region/service/aws4_request
 * @param signature hexadecimal; the first chunk's signature stands on it
 */
public record VerifiedSignature(
        String accessKeyId,
        String service,
        String payload,
        byte[] signingKey,
        String timestamp,
        String scope,
        String signature) {

    /** Signs a text with the request's key, hexadecimal. */
    public String sign(String text) {
        return Hashes.hex(Hashes.hmac(signingKey, text));
    }

    /** Whether two signatures are the same; takes as long for any two. */
    public static boolean equal(String one, String other) {
        return Hashes.equal(one, other);
    }
}
