package io.github.lambdashell.run;

import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.report.text.Masker;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes a command's output to this process's own standard streams, byte for byte. {@code System.out} is not the place:
 * Maven's replaces it with one that takes escape sequences apart.
 */
public final class StandardStreams implements FrameListener, Closeable {
    private final OutputStream out;
    private final OutputStream err;

    /** Shows everything. */
    public StandardStreams() {
        this.out = new StaysOpen(FileDescriptor.out);
        this.err = new StaysOpen(FileDescriptor.err);
    }

    /** Shows everything but secrets; a line is shown when it is whole. */
    public StandardStreams(Masker masker) {
        this.out = masker.wrap(new StaysOpen(FileDescriptor.out));
        this.err = masker.wrap(new StaysOpen(FileDescriptor.err));
    }

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
        write(out, bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
        write(err, bytes, offset, length);
    }

    /** Shows what was held back. The process's streams stay open. */
    @Override
    public void close() {
        try {
            out.close();
            err.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void write(OutputStream stream, byte[] bytes, int offset, int length) {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("can't write the command's output: " + e.getMessage(), e);
    }

    /** The descriptors belong to the process, not to who writes to them. */
    private static final class StaysOpen extends FileOutputStream {
        StaysOpen(FileDescriptor descriptor) {
            super(descriptor);
        }

        @Override
        public void close() {
            // Nothing is held back here.
        }
    }
}
