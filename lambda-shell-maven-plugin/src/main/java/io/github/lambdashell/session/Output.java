package io.github.lambdashell.session;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The output of a command: in memory up to {@value #IN_MEMORY_BYTES} bytes, in a private temporary file beyond. Written
 * by one thread, then read any number of times; not safe for use by several threads.
 */
public final class Output implements Closeable {
    /** Maximum number of bytes in memory. */
    static final int IN_MEMORY_BYTES = 256 * 1024;

    private static final int CHUNK = 64 * 1024;

    private ByteArrayOutputStream memory = new ByteArrayOutputStream(256);
    private Path file;
    private FileChannel channel;
    private OutputStream sink = memory;
    private long size;

    /** Returns an output that contains {@code text} in UTF-8. */
    public static Output of(String text) {
        Output output = new Output();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(bytes, 0, bytes.length);
        return output;
    }

    /**
     * Appends bytes.
     *
     * @throws UncheckedIOException if the temporary file can't be written
     */
    public void write(byte[] bytes, int offset, int length) {
        try {
            if (channel == null && size + length > IN_MEMORY_BYTES) {
                spill();
            }
            sink.write(bytes, offset, length);
            size += length;
        } catch (IOException e) {
            throw new UncheckedIOException("can't keep the command's output in a temporary file", e);
        }
    }

    private void spill() throws IOException {
        file = Files.createTempFile("lshell-output", null);
        channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        sink = Channels.newOutputStream(channel);
        memory.writeTo(sink);
        memory = null;
    }

    /** Returns the number of bytes. */
    public long size() {
        return size;
    }

    /**
     * Counts the lines; text after the last newline is a line too.
     *
     * @throws IOException if the output can't be read back
     */
    public long lines() throws IOException {
        long newlines = 0;
        byte last = '\n';
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = open()) {
            for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
                for (int i = 0; i < count; i++) {
                    newlines += chunk[i] == '\n' ? 1 : 0;
                }
                last = chunk[count - 1];
            }
        }
        return last == '\n' ? newlines : newlines + 1;
    }

    /** Returns a new stream from the first byte on. It need not be closed. */
    public InputStream open() {
        if (channel == null) {
            return new java.io.ByteArrayInputStream(memory.toByteArray());
        }
        return new ChannelInput(channel);
    }

    /**
     * Returns the first bytes as text; invalid UTF-8 is replaced.
     *
     * @param limit maximum number of bytes
     */
    public String text(int limit) {
        try (InputStream in = open()) {
            return new String(in.readNBytes(limit), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the command's output back", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    /** A stream that reads by position, so that several readers and the writer don't interfere. */
    private static final class ChannelInput extends InputStream {
        private final FileChannel channel;
        private long position;

        ChannelInput(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = channel.read(java.nio.ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(count, 0);
            return count;
        }
    }
}
