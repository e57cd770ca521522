package io.github.lambdashell.console.transfer;

import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Captured;

/** Carries chunks in the invocation's own request and response, which hold 6 MB each. */
final class PayloadCarrier implements Carrier {
    /** In base64 within a request of 6 MB, beside a script of some size. */
    private static final int CHUNK_BYTES = 4_000_000;

    private final Sandbox sandbox;

    PayloadCarrier(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public long chunkBytes() {
        return CHUNK_BYTES;
    }

    @Override
    public byte[] fetch(String root, String read, String checksum) throws InterruptedException {
        Captured output = sandbox.run(root, ShellRequest.command(read + " && " + checksum + " >&2"));
        byte[] bytes = output.bytes();
        Checksum.of(bytes).requireIn(output.stderr());
        return bytes;
    }

    @Override
    public void send(String root, byte[] bytes, String write, String checksum) throws InterruptedException {
        Captured output = sandbox.run(
                root, ShellRequest.command(write + " && " + checksum).stdin(bytes));
        Checksum.of(bytes).requireIn(output.stdout());
    }
}
