package io.github.lambdashell.target.local.log;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a file line by line while others append to it. The file need not exist yet. */
final class LineReader implements Closeable {
    private static final int MAX_LINE = 256 * 1024;

    private final Path file;
    private final byte[] part = new byte[8 * 1024];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private RandomAccessFile in;
    private long position;

    LineReader(Path file, long position) {
        this.file = file;
        this.position = position;
    }

    /**
     * Returns the lines that have become complete.
     *
     * @param isEnd whether nothing follows, so that a line need not end
     */
    List<String> next(boolean isEnd) throws IOException {
        if (in == null) {
            if (!file.toFile().exists()) {
                return List.of();
            }
            in = new RandomAccessFile(file.toFile(), "r");
        }
        long end = in.length();
        if (end < position) {
            // It has been truncated.
            position = 0;
        }
        List<String> lines = new ArrayList<>();
        in.seek(position);
        while (position < end) {
            int count = in.read(part, 0, (int) Math.min(part.length, end - position));
            if (count < 0) {
                break;
            }
            position += count;
            for (int i = 0; i < count; i++) {
                if (part[i] == '\n' || line.size() >= MAX_LINE) {
                    lines.add(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                }
                if (part[i] != '\n') {
                    line.write(part[i]);
                }
            }
        }
        if (isEnd && line.size() > 0) {
            lines.add(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
