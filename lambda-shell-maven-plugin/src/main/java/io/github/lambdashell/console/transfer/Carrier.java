package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;

/** Carries one chunk's bytes between this machine and a script in the sandbox. */
interface Carrier {
    /** How many bytes one chunk has at most. */
    long chunkBytes();

    /**
     * Fetches what a script writes.
     *
     * @param root where it runs, absolute
     * @param read writes the bytes to standard output
     * @param checksum prints their SHA-256 after that
     * @throws ShellException when they did not arrive as they were sent
     */
    byte[] fetch(String root, String read, String checksum) throws InterruptedException;

    /**
     * Sends what a script reads.
     *
     * @param write takes the bytes from standard input
     * @param checksum prints the SHA-256 of what was written
     * @throws ShellException when they did not arrive as they were sent
     */
    void send(String root, byte[] bytes, String write, String checksum) throws InterruptedException;
}
