package io.github.lambdashell.target.local.endpoint.sigv4;

import io.github.lambdashell.target.local.endpoint.sigv4.AuthenticationException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A verifier of requests, which knows the valid key pairs. Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a
 *     signed AWS API request</a>
 */
public final class SignatureVerifier {
    /** Keyword that replaces the hash of a body that is not signed. */
    static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

    private static final Duration ALLOWED_SKEW = Duration.ofMinutes(15);

    private final Function<String, Optional<KeyPair>> keys;
    private final Clock clock;

    /**
     * Creates a verifier.
     *
     * @param keys returns the pair of an access key's id, or empty if it is unknown
     */
    public SignatureVerifier(Function<String, Optional<KeyPair>> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A provider of the body's hexadecimal SHA-256, for requests that do not declare it. */
    @FunctionalInterface
    public interface BodyHash {
        String get() throws IOException;
    }

    /**
     * Verifies a request.
     *
     * @param bodyHash called only if the access key is known
     * @throws AuthenticationException if the signature is not from the owner of the key pair, or has expired
     * @throws IOException if the body can't be read
     */
    public VerifiedSignature verify(RequestHead head, BodyHash bodyHash) throws AuthenticationException, IOException {
        SignatureClaim claim = SignatureClaim.of(head);
        KeyPair pair = keys.apply(claim.accessKeyId())
                .orElseThrow(() -> new AuthenticationException(
                        Kind.UNKNOWN_KEY, "The security token included in the request is invalid."));
        checkTime(claim);
        String payload = payload(head, claim, bodyHash);
        String stringToSign = "AWS4-HMAC-SHA256\n" + claim.timestamp() + '\n' + claim.scope() + '\n'
                + Hashes.sha256Hex(CanonicalRequest.of(head, claim, payload));
        byte[] signingKey = signingKey(pair, claim);
        String signature = Hashes.hex(Hashes.hmac(signingKey, stringToSign));
        if (!Hashes.equal(signature, claim.signature())) {
            throw new AuthenticationException(
                    Kind.MISMATCH,
                    "The request signature we calculated does not match the signature you provided. "
                            + "Check your AWS Secret Access Key and signing method.");
        }
        return new VerifiedSignature(
                pair.accessKeyId(), claim.service(), payload, signingKey, claim.timestamp(), claim.scope(), signature);
    }

    private void checkTime(SignatureClaim claim) throws AuthenticationException {
        Instant now = clock.instant();
        Instant earliest = claim.signedAt().minus(ALLOWED_SKEW);
        Instant latest = claim.signedAt().plus(claim.isPresigned() ? claim.validFor() : ALLOWED_SKEW);
        if (now.isBefore(earliest)) {
            throw new AuthenticationException(
                    Kind.EXPIRED,
                    "Signature not yet current: " + claim.timestamp() + " is still later than " + now
                            + " (15 min. are allowed)");
        }
        if (now.isAfter(latest)) {
            throw new AuthenticationException(
                    Kind.EXPIRED,
                    claim.isPresigned()
                            ? "Request has expired"
                            : "Signature expired: " + claim.timestamp() + " is now earlier than "
                                    + now.minus(ALLOWED_SKEW));
        }
    }

    private static String payload(RequestHead head, SignatureClaim claim, BodyHash bodyHash)
            throws AuthenticationException, IOException {
        String declared = head.header("x-amz-content-sha256").orElse(null);
        if (declared != null) {
            return declared;
        }
        if (claim.service().equals("s3")) {
            if (claim.isPresigned()) {
                return UNSIGNED_PAYLOAD;
            }
            throw new AuthenticationException(
                    Kind.MALFORMED, "Missing required header for this request: x-amz-content-sha256");
        }
        return bodyHash.get();
    }

    private static byte[] signingKey(KeyPair pair, SignatureClaim claim) {
        byte[] key = ("AWS4" + pair.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : claim.scope().split("/")) {
            key = Hashes.hmac(key, part);
        }
        return key;
    }
}
