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
 * What a command wrote, every byte of it: in memory while it is small, in a private temporary file beyond
 * {@value #IN_MEMORY_BYTES} bytes. Written by one thread, then read any number of times; not thread-safe.
 */
public final class Output implements Closeable {
    /** Bytes kept in memory before the file is made. */
    static final int IN_MEMORY_BYTES = 256 * 1024;

    private ByteArrayOutputStream memory = new ByteArrayOutputStream(256);
    private Path file;
    private FileChannel channel;
    private OutputStream sink = memory;
    private long size;

    /** An output that holds {@code text} in UTF-8. */
    public static Output of(String text) {
        Output output = new Output();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(bytes, 0, bytes.length);
        return output;
    }

    /**
     * Appends bytes.
     *
     * @throws UncheckedIOException when the temporary file can't be written
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

    /** How many bytes were written. */
    public long size() {
        return size;
    }

    /** The bytes from the first on; may be called again and again. The stream needs no closing. */
    public InputStream open() {
        if (channel == null) {
            return new java.io.ByteArrayInputStream(memory.toByteArray());
        }
        return new ChannelInput(channel);
    }

    /**
     * The first bytes as UTF-8 text, what is not UTF-8 replaced.
     *
     * @param limit how many bytes at most
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

    /** Reads by position, so that several readers and the writer don't disturb one another. */
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
