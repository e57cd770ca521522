package io.github.lambdashell.console.transfer;

import static io.github.lambdashell.session.ShellQuoting.quote;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.target.SideChannel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** Carries the bytes of chunks between this machine and scripts in the sandbox. */
interface Carrier {
    /** Returns the maximum size of a chunk in bytes. */
    long chunkBytes();

    /**
     * Downloads a script's output.
     *
     * @param directory where the script runs, absolute
     * @param read a script that writes the bytes to standard output
     * @param checksum a script that prints their SHA-256 after that
     * @throws ShellException if the bytes changed on the way
     */
    byte[] download(String directory, String read, String checksum) throws InterruptedException;

    /**
     * Uploads a script's input.
     *
     * @param directory where the script runs, absolute
     * @param write a script that reads the bytes from standard input
     * @param checksum a script that prints the SHA-256 of the written bytes
     * @throws ShellException if the bytes changed on the way
     */
    void upload(String directory, byte[] bytes, String write, String checksum) throws InterruptedException;

    private static void requireChecksum(byte[] bytes, String printed) {
        if (!printed.contains(DigestUtils.sha256Hex(bytes))) {
            throw new ShellException(
                    "The checksums differ before and after the transfer",
                    "Try again while nothing writes to the files");
        }
    }

    /** Carries chunks in requests and responses, which are limited to 6 MB. */
    record Payload(RemoteShell shell) implements Carrier {
        /** Fits into a request of 6 MB in base64, with a script. */
        private static final int CHUNK_BYTES = 4_000_000;

        @Override
        public long chunkBytes() {
            return CHUNK_BYTES;
        }

        @Override
        public byte[] download(String directory, String read, String checksum) throws InterruptedException {
            Captured output = shell.run(directory, ShellRequest.command(read + " && " + checksum + " >&2"));
            byte[] bytes = output.bytes();
            requireChecksum(bytes, output.stderr());
            return bytes;
        }

        @Override
        public void upload(String directory, byte[] bytes, String write, String checksum) throws InterruptedException {
            Captured output = shell.run(
                    directory, ShellRequest.command(write + " && " + checksum).stdin(bytes));
            requireChecksum(bytes, output.stdout());
        }
    }

    /** Carries chunks in objects of the side channel, which the sandbox reads and writes with curl. */
    record Objects(RemoteShell shell, SideChannel objects) implements Carrier {
        /** Both sides hold a chunk in memory, and a function can have only 128 MB. */
        private static final int CHUNK_BYTES = 16 << 20;

        private static final String CURL = "curl -sSf --connect-timeout 5 --url ";

        @Override
        public long chunkBytes() {
            return CHUNK_BYTES;
        }

        @Override
        public byte[] download(String directory, String read, String checksum) throws InterruptedException {
            String key = objects.newKey();
            // S3 needs the length before the bytes, so curl has to read all of them first, as --data-binary does.
            String put = CURL + quote(objects.urlToPut(key).toString())
                    + " -X PUT --data-binary @- -H Content-Type: -H Expect:";
            try {
                Captured output = shell.run(directory, ShellRequest.command(read + " | " + put + " && " + checksum));
                byte[] bytes = bytesOf(key);
                requireChecksum(bytes, output.stdout());
                return bytes;
            } finally {
                objects.delete(List.of(key));
            }
        }

        @Override
        public void upload(String directory, byte[] bytes, String write, String checksum) throws InterruptedException {
            String key = objects.newKey();
            objects.put(key, bytes);
            try {
                String get = CURL + quote(objects.urlToGet(key).toString());
                Captured output =
                        shell.run(directory, ShellRequest.command(get + " | { " + write + "; } && " + checksum));
                requireChecksum(bytes, output.stdout());
            } finally {
                objects.delete(List.of(key));
            }
        }

        private byte[] bytesOf(String key) {
            try (InputStream in = objects.get(key)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new ShellException("A part of the file can't be downloaded: " + e.getMessage(), "Try again", e);
            }
        }
    }
}
