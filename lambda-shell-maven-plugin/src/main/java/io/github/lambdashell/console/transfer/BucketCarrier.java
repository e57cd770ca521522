package io.github.lambdashell.console.transfer;

import static io.github.lambdashell.session.ShellQuoting.quote;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.target.SideChannel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Carries chunks through objects in the stack's bucket, which the sandbox reaches by presigned URLs. */
final class BucketCarrier implements Carrier {
    /** Held in memory on both sides, in a function of 128 MB too. */
    private static final int CHUNK_BYTES = 16 << 20;

    private static final String CURL = "curl -sSf --connect-timeout 5 ";

    private final Sandbox sandbox;
    private final SideChannel objects;

    BucketCarrier(Sandbox sandbox, SideChannel objects) {
        this.sandbox = sandbox;
        this.objects = objects;
    }

    @Override
    public long chunkBytes() {
        return CHUNK_BYTES;
    }

    @Override
    public byte[] fetch(String root, String read, String checksum) throws InterruptedException {
        String key = objects.newKey();
        // S3 wants to know the length first, so curl must have read it all: it does that for --data-binary.
        String put = CURL + "-X PUT --data-binary @- -H Content-Type: -H Expect: "
                + url(objects.urlToPut(key).toString());
        try {
            Captured output = sandbox.run(root, ShellRequest.command(read + " | " + put + " && " + checksum));
            byte[] bytes = bytesOf(key);
            Checksum.of(bytes).requireIn(output.stdout());
            return bytes;
        } finally {
            objects.delete(List.of(key));
        }
    }

    @Override
    public void send(String root, byte[] bytes, String write, String checksum) throws InterruptedException {
        String key = objects.newKey();
        objects.put(key, bytes);
        try {
            String get = CURL + url(objects.urlToGet(key).toString());
            Captured output = sandbox.run(root, ShellRequest.command(get + " | { " + write + "; } && " + checksum));
            Checksum.of(bytes).requireIn(output.stdout());
        } finally {
            objects.delete(List.of(key));
        }
    }

    private static String url(String url) {
        return "--url " + quote(url);
    }

    private byte[] bytesOf(String key) {
        try (InputStream in = objects.get(key)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ShellException("A part did not come out of the bucket: " + e.getMessage(), "Try it again", e);
        }
    }
}
