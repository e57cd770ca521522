package io.github.lambdashell.check.expect;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The characters of a line: few of them on the heap, more in a private temporary file that is mapped into memory, so that
 * a line of hundreds of megabytes needs only a small heap.
 */
final class LineBuffer implements Closeable {
    /** The maximum number of characters on the heap. */
    static final int ON_HEAP = 4 * 1024 * 1024;
    /** A mapping holds at most 2 GB, two bytes a character. */
    private static final long MAX_CHARACTERS = Integer.MAX_VALUE / 2;

    private final StringBuilder heap = new StringBuilder();
    private FileChannel channel;
    private long spilled;

    void clear() throws IOException {
        close();
        heap.setLength(0);
        spilled = 0;
    }

    void append(char[] characters, int offset, int length) throws IOException {
        heap.append(characters, offset, length);
        if (heap.length() >= ON_HEAP) {
            spill();
        }
    }

    private void spill() throws IOException {
        if (spilled + heap.length() > MAX_CHARACTERS) {
            throw new IOException("a line has more than " + MAX_CHARACTERS + " characters");
        }
        if (channel == null) {
            Path file = Files.createTempFile("lshell-line", null);
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        }
        ByteBuffer bytes = ByteBuffer.allocate(2 * heap.length());
        bytes.asCharBuffer().put(CharBuffer.wrap(heap));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        spilled += heap.length();
        heap.setLength(0);
    }

    /** Returns the line so far. */
    CharSequence text() throws IOException {
        if (channel == null) {
            return heap;
        }
        if (heap.length() > 0) {
            spill();
        }
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, 2 * spilled).asCharBuffer();
    }

    /** Returns the line so far without a carriage return at its end. */
    CharSequence withoutCarriageReturn() throws IOException {
        CharSequence text = text();
        int last = text.length() - 1;
        return last >= 0 && text.charAt(last) == '\r' ? text.subSequence(0, last) : text;
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("can't remove the temporary file of a long line", e);
            }
            channel = null;
        }
    }
}
