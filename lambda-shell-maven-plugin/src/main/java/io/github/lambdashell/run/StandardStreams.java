package io.github.lambdashell.run;

import io.github.lambdashell.protocol.FrameListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes a command's output to this process's standard streams, byte for byte. {@code System.out} is not usable: Maven
 * replaces it with one that interprets escape sequences. The streams stay open: they belong to the process.
 */
public final class StandardStreams implements FrameListener {
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final OutputStream err = new FileOutputStream(FileDescriptor.err);

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
        write(out, bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
        write(err, bytes, offset, length);
    }

    private static void write(OutputStream stream, byte[] bytes, int offset, int length) {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the command's output: " + e.getMessage(), e);
        }
    }
}
