package io.github.lambdashell.emulator.payload;

import io.github.lambdashell.emulator.payload.CheckedBody.Check;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.sigv4.RequestHead;
import io.github.lambdashell.target.local.endpoint.sigv4.VerifiedSignature;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The body of a request whose signature was found right. */
public final class Payload {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String CHECKSUM_PREFIX = "x-amz-checksum-";

    private final InputStream stream;
    private final Map<String, String> trailers;

    private Payload(InputStream stream, Map<String, String> trailers) {
        this.stream = stream;
        this.trailers = trailers;
    }

    /**
     * @param raw the body as it comes from the socket
     * @param mismatch thrown at the end of a body that isn't the one whose hash was signed
     * @throws AwsException 400 when it is protected in a way that isn't known here
     */
    public static Payload of(RequestHead head, VerifiedSignature signature, InputStream raw, AwsException mismatch) {
        List<Check> checks = new ArrayList<>();
        String protection = signature.payload();
        InputStream stream = raw;
        Map<String, String> trailers = Map.of();
        if (SHA256.matcher(protection).matches()) {
            checks.add(new Check(Digest.ofJava("SHA-256"), () -> HexFormat.of().parseHex(protection), mismatch));
        } else if (!protection.equals("UNSIGNED-PAYLOAD")) {
            AwsChunkedInputStream chunked = chunked(protection, signature, raw);
            stream = new DecodedLength(chunked, head);
            trailers = chunked.trailers();
        }
        addContentMd5(head, checks);
        if (!completesAnUpload(head)) {
            addChecksums(head, trailers, checks);
        }
        return new Payload(checks.isEmpty() ? stream : new CheckedBody(stream, checks), trailers);
    }

    private static AwsChunkedInputStream chunked(String protection, VerifiedSignature signature, InputStream raw) {
        return switch (protection) {
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" ->
                new AwsChunkedInputStream(raw, new ChunkSignatures(signature), false);
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" ->
                new AwsChunkedInputStream(raw, new ChunkSignatures(signature), true);
            case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new AwsChunkedInputStream(raw, null, true);
            default ->
                throw new AwsException(
                        400,
                        "InvalidRequest",
                        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
                                + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER "
                                + "or a valid sha256 value.");
        };
    }

    /** CompleteMultipartUpload, whose checksum is that of the object, not of the list of parts in its body. */
    private static boolean completesAnUpload(RequestHead head) {
        return head.method().equals("POST") && head.query().containsKey("uploadId");
    }

    private static void addContentMd5(RequestHead head, List<Check> checks) {
        head.header("content-md5").ifPresent(expected -> {
            byte[] md5 = base64(expected);
            if (md5 == null || md5.length != 16) {
                throw new AwsException(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
            }
            checks.add(new Check(
                    Digest.ofJava("MD5"), () -> md5, badDigest("The Content-MD5 you specified", "what we received")));
        });
    }

    private static void addChecksums(RequestHead head, Map<String, String> trailers, List<Check> checks) {
        for (String name : head.headers().keySet()) {
            algorithm(name).ifPresent(algorithm -> {
                byte[] expected = base64(head.header(name).orElseThrow());
                checks.add(check(algorithm, expected == null ? new byte[0] : expected));
            });
        }
        for (String name : head.header("x-amz-trailer").orElse("").split(",")) {
            algorithm(name.strip())
                    .ifPresent(algorithm -> checks.add(new Check(
                            digest(algorithm),
                            () -> base64(trailers.getOrDefault(CHECKSUM_PREFIX + algorithm, "")),
                            badChecksum(algorithm))));
        }
    }

    /** What of {@code x-amz-checksum-...} names the algorithm; two of those headers name something else. */
    private static Optional<String> algorithm(String header) {
        boolean isChecksum = header.startsWith(CHECKSUM_PREFIX)
                && !header.equals("x-amz-checksum-mode")
                && !header.equals("x-amz-checksum-type");
        return isChecksum && !header.equals("x-amz-checksum-algorithm")
                ? Optional.of(header.substring(CHECKSUM_PREFIX.length()))
                : Optional.empty();
    }

    private static Check check(String algorithm, byte[] expected) {
        return new Check(digest(algorithm), () -> expected, badChecksum(algorithm));
    }

    private static Digest digest(String algorithm) {
        return Digest.named(algorithm)
                .orElseThrow(() -> new AwsException(
                        400, "InvalidRequest", "Checksum algorithm provided is unsupported: " + algorithm));
    }

    private static AwsException badChecksum(String algorithm) {
        return badDigest("The " + algorithm.toUpperCase(Locale.ROOT) + " you specified", "the calculated checksum");
    }

    private static AwsException badDigest(String what, String other) {
        return new AwsException(400, "BadDigest", what + " did not match " + other + ".");
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The decoded body; its end comes only after all checks passed, and an {@link AwsException} instead if one failed. */
    public InputStream stream() {
        return stream;
    }

    /** A trailer of the body, its name in lower case; known after the body's end. */
    public Optional<String> trailer(String name) {
        return Optional.ofNullable(trailers.get(name));
    }
}
