package io.github.lambdashell.console;

import io.github.lambdashell.invoke.FrameListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes a command's output to this process's own standard streams, byte for byte. {@code System.out} is not the place:
 * Maven's replaces it with one that takes escape sequences apart.
 */
public final class StandardStreams implements FrameListener {
    // Never closed: the descriptors belong to the process.
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
        write(out, bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
        write(err, bytes, offset, length);
    }

    private static void write(FileOutputStream stream, byte[] bytes, int offset, int length) {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the command's output: " + e.getMessage(), e);
        }
    }
}
