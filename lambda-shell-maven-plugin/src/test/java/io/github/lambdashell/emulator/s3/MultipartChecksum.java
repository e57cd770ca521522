package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.emulator.payload.Digest;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How an upload in parts is protected.
 *
 * @param algorithm in lower case, as in the name of {@code x-amz-checksum-...}
 * @param type of the whole object's checksum
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html">Checking
 *     object integrity for data uploads</a>
 */
record MultipartChecksum(String algorithm, Type type) {
    static final String TYPE_HEADER = "x-amz-checksum-type";

    /** What the object's checksum is made from. */
    enum Type {
        /** The checksums of the parts. */
        COMPOSITE,
        /** The content. */
        FULL_OBJECT
    }

    /**
     * What a CreateMultipartUpload asks for; null when it asks for nothing.
     *
     * @throws AwsException 400 for an algorithm that isn't known, or that has no checksums of that type
     */
    static MultipartChecksum of(Exchange exchange) {
        String algorithm = algorithm(exchange);
        if (algorithm == null) {
            return null;
        }
        Type usual = algorithm.equals("crc64nvme") ? Type.FULL_OBJECT : Type.COMPOSITE;
        String asked = exchange.header(TYPE_HEADER).orElse(usual.name());
        boolean isFull = asked.equals(Type.FULL_OBJECT.name());
        boolean isPossible = isFull
                ? algorithm.startsWith("crc")
                : asked.equals(Type.COMPOSITE.name()) && !algorithm.equals("crc64nvme");
        if (!isPossible) {
            throw new AwsException(
                    400,
                    "InvalidRequest",
                    "The " + asked + " checksum type cannot be used with the " + algorithm + " checksum algorithm.");
        }
        return new MultipartChecksum(algorithm, Type.valueOf(asked));
    }

    /** The algorithm that {@code x-amz-checksum-algorithm} names, in lower case; null when it isn't there. */
    static String algorithm(Exchange exchange) {
        String algorithm = exchange.header("x-amz-checksum-algorithm")
                .map(name -> name.toLowerCase(Locale.ROOT))
                .orElse(null);
        if (algorithm != null && Digest.named(algorithm).isEmpty()) {
            throw new AwsException(400, "InvalidRequest", "Checksum algorithm provided is unsupported: " + algorithm);
        }
        return algorithm;
    }

    /** A new digest of the algorithm. */
    Digest digest() {
        return Digest.named(algorithm).orElseThrow();
    }

    String header() {
        return "x-amz-checksum-" + algorithm;
    }

    /** The algorithm as the API writes it. */
    String name() {
        return algorithm.toUpperCase(Locale.ROOT);
    }

    /** The name of the element that carries it. */
    String element() {
        return element(algorithm);
    }

    static String element(String algorithm) {
        return "Checksum" + algorithm.toUpperCase(Locale.ROOT);
    }

    /** @throws AwsException 400 when a part's headers have a checksum, but none of this algorithm */
    void refuseOther(Map<String, String> headers) {
        for (String name : headers.keySet()) {
            if (name.startsWith("x-amz-checksum-") && !headers.containsKey(header())) {
                throw new AwsException(
                        400,
                        "InvalidRequest",
                        "Checksum Type mismatch occurred, expected checksum Type: " + algorithm
                                + ", actual checksum Type: " + name.substring("x-amz-checksum-".length()));
            }
        }
    }

    /** The checksum of the parts' checksums, with their number. */
    String composite(List<MultipartUpload.Part> parts) {
        Digest digest = digest();
        for (MultipartUpload.Part part : parts) {
            byte[] one = Base64.getDecoder().decode(part.checksum());
            digest.update(one, 0, one.length);
        }
        return Base64.getEncoder().encodeToString(digest.value()) + "-" + parts.size();
    }
}
