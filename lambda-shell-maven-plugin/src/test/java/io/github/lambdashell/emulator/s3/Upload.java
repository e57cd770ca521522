package io.github.lambdashell.emulator.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The upload of a body to a file. */
final class Upload {
    private Upload() {}

    /**
     * Writes a body to a file.
     *
     * @return its ETag
     */
    static String receive(InputStream body, Path file) throws IOException {
        MessageDigest md5;
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        byte[] buffer = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(file)) {
            int count;
            while ((count = body.read(buffer)) >= 0) {
                md5.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        }
        return '"' + HexFormat.of().formatHex(md5.digest()) + '"';
    }
}
