package io.github.lambdashell.local.payload;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** A hash or a checksum in the making. */
interface Digest {
    void update(byte[] bytes, int offset, int length);

    /** What came out, big-endian. */
    byte[] value();

    /**
     * S3's checksum algorithms.
     *
     * @param algorithm as it is in the name of {@code x-amz-checksum-...}, in lower case
     * @return empty for one that isn't known here
     */
    static Optional<Digest> named(String algorithm) {
        return Optional.ofNullable(
                switch (algorithm.toLowerCase(Locale.ROOT)) {
                    case "crc32" -> of(new CRC32(), Integer.BYTES);
                    case "crc32c" -> of(new CRC32C(), Integer.BYTES);
                    case "crc64nvme" -> of(new Crc64Nvme(), Long.BYTES);
                    case "sha1" -> ofJava("SHA-1");
                    case "sha256" -> ofJava("SHA-256");
                    default -> null;
                });
    }

    /** One of Java's message digests. */
    static Digest ofJava(String algorithm) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return new Digest() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                digest.update(bytes, offset, length);
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }

    private static Digest of(Checksum checksum, int size) {
        return new Digest() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                checksum.update(bytes, offset, length);
            }

            @Override
            public byte[] value() {
                byte[] all = ByteBuffer.allocate(Long.BYTES)
                        .putLong(checksum.getValue())
                        .array();
                return Arrays.copyOfRange(all, Long.BYTES - size, Long.BYTES);
            }
        };
    }
}
