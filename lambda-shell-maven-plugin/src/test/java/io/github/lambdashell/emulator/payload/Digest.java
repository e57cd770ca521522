package io.github.lambdashell.emulator.payload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
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
public interface Digest {
    void update(byte[] bytes, int offset, int length);

    /** What came out, big-endian. */
    byte[] value();

    /** The same bytes as {@code in}'s, which are taken in here as they are read. */
    default InputStream reading(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                if (count > 0) {
                    update(bytes, offset, count);
                }
                return count;
            }
        };
    }

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
