package io.github.lambdashell.target.code;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.zip.CRC32;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The hash of a package's names, modes and contents. The archive itself is not hashed: the entries of a jar that is
 * built again have other times, and versions of zlib compress the same content differently.
 */
final class PackageHash {
    private final MessageDigest sha256 = DigestUtils.getSha256Digest();
    private final byte[] buffer = new byte[64 * 1024];
    private final Problems problems = new Problems();

    private PackageHash() {}

    /**
     * Returns the SHA-256 of the entries.
     *
     * @throws ShellException if contents are damaged; the message names their entries
     */
    static byte[] of(Collection<PackageEntry> entries) {
        PackageHash hash = new PackageHash();
        entries.forEach(hash::add);
        hash.problems.throwIfAny();
        return hash.sha256.digest();
    }

    private void add(PackageEntry entry) {
        sha256.update(
                (entry.name() + "\0" + entry.mode() + "\0" + entry.size() + "\0").getBytes(StandardCharsets.UTF_8));
        CRC32 crc = new CRC32();
        long size = 0;
        try (InputStream in = entry.open()) {
            for (int count = in.read(buffer); count >= 0 && size <= entry.size(); count = in.read(buffer)) {
                sha256.update(buffer, 0, count);
                crc.update(buffer, 0, count);
                size += count;
            }
        } catch (IOException | IllegalArgumentException e) {
            size = -1;
        }
        problems.require(
                size == entry.size() && entry.hasChecksum(crc.getValue()),
                entry.name() + " of the package is damaged, its content is not what was packed");
    }
}
