package io.github.lambdashell.emulator.payload;

import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.sigv4.VerifiedSignature;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The chain of signatures of a body that is signed chunk by chunk: each stands on the one before it. */
final class ChunkSignatures {
    private static final String EMPTY_SHA256 =
            HexFormat.of().formatHex(Digest.ofJava("SHA-256").value());

    private final VerifiedSignature request;
    private final Digest digest = Digest.ofJava("SHA-256");
    private String previous;
    private String expected;

    ChunkSignatures(VerifiedSignature request) {
        this.request = request;
        this.previous = request.signature();
    }

    /** The signature that the coming chunk has to have. */
    void expect(String signature) {
        expected = signature;
    }

    void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** @throws AwsException 403 when the chunk isn't what was signed */
    void endOfChunk() {
        check("AWS4-HMAC-SHA256-PAYLOAD", EMPTY_SHA256 + '\n' + HexFormat.of().formatHex(digest.value()), expected);
    }

    /**
     * @param signed one line per trailer
     * @throws AwsException 403 when they aren't what was signed
     */
    void checkTrailers(String signed, String signature) {
        byte[] bytes = signed.getBytes(StandardCharsets.UTF_8);
        digest.update(bytes, 0, bytes.length);
        check("AWS4-HMAC-SHA256-TRAILER", HexFormat.of().formatHex(digest.value()), signature);
    }

    private void check(String algorithm, String hashes, String signature) {
        String calculated = request.sign(
                algorithm + '\n' + request.timestamp() + '\n' + request.scope() + '\n' + previous + '\n' + hashes);
        if (signature == null || !VerifiedSignature.equal(calculated, signature)) {
            throw new AwsException(
                    403,
                    "SignatureDoesNotMatch",
                    "The signature of a chunk or of the trailers does not match what we calculated.");
        }
        previous = calculated;
    }
}
