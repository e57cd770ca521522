package io.github.lambdashell.console.transfer;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a file.
 *
 * @param file which
 * @param offset where the piece begins, in bytes
 * @param length in bytes, 0 only for an empty file
 */
record Segment(Entry file, long offset, long length) {
    /** Files of which one script can name so many. */
    private static final int MAX_FILES = 400;

    /** Whether it is the whole file. */
    boolean isWhole() {
        return length == file.size();
    }

    /**
     * Cuts files into chunks that one invocation moves.
     *
     * @param chunkBytes how much that is
     */
    static List<List<Segment>> chunks(List<Entry> files, long chunkBytes) {
        List<List<Segment>> chunks = new ArrayList<>();
        List<Segment> chunk = new ArrayList<>();
        long left = chunkBytes;
        for (Entry file : files) {
            long offset = 0;
            do {
                if (left == 0 || chunk.size() == MAX_FILES) {
                    chunks.add(chunk);
                    chunk = new ArrayList<>();
                    left = chunkBytes;
                }
                long length = Math.min(left, file.size() - offset);
                chunk.add(new Segment(file, offset, length));
                offset += length;
                left -= length;
            } while (offset < file.size());
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }

    /** Bytes of a chunk. */
    static long size(List<Segment> chunk) {
        return chunk.stream().mapToLong(Segment::length).sum();
    }
}
