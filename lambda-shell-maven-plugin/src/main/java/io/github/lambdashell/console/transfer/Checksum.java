package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a chunk.
 *
 * @param hex in lower case
 */
record Checksum(String hex) {
    static Checksum of(byte[] bytes) {
        try {
            return new Checksum(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Compares it with what {@code sha256sum} said in the sandbox.
     *
     * @throws ShellException when it is another
     */
    void requireIn(String said) {
        if (!said.contains(hex)) {
            throw new ShellException(
                    "What arrived is not what was sent: the checksums differ",
                    "If nothing writes to the files meanwhile, try it again");
        }
    }
}
