package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A file, or a directory with everything in it.
 *
 * @param root absolute path of the directory, or of the one that contains the file; not null
 * @param isDirectory false if it is one file, which is the only entry then
 * @param entries directories before their contents, not null
 * @param skipped number of sockets, pipes and devices, which are not transferred
 */
record Tree(String root, boolean isDirectory, List<Entry> entries, int skipped) {
    Tree {
        entries = List.copyOf(entries);
    }

    /**
     * Checks that every path is below the root and unique. The sender of the tree is not trusted.
     *
     * @throws ShellException if one is not
     */
    void requireContained() {
        Map<String, Entry.Type> seen = new HashMap<>();
        for (Entry entry : entries) {
            boolean plain = Stream.of(entry.path().split("/", -1))
                    .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
            int slash = entry.path().lastIndexOf('/');
            boolean inDirectory = slash < 0 || seen.get(entry.path().substring(0, slash)) == Entry.Type.DIRECTORY;
            if (!plain || !inDirectory || seen.put(entry.path(), entry.type()) != null) {
                throw new ShellException(
                        "The path '" + entry.path() + "' is not a unique path below " + root,
                        "Nothing was written; download the files that you need one by one");
            }
        }
    }

    /** Returns the name that it gets in another directory. */
    String name() {
        return isDirectory
                ? root.substring(root.lastIndexOf('/') + 1)
                : entries.get(0).path();
    }

    /** Returns the entries of one type. */
    List<Entry> all(Entry.Type type) {
        return entries.stream().filter(entry -> entry.type() == type).toList();
    }

    /** Returns the size of all files in bytes. */
    long size() {
        return all(Entry.Type.FILE).stream().mapToLong(Entry::size).sum();
    }

    /**
     * A file, a directory or a link.
     *
     * @param path relative to the root, with slashes, not empty
     * @param type not null
     * @param mode permission bits, 0 to 0777
     * @param size in bytes, of a file
     * @param linkTarget of a link, as it is stored; empty for other types
     */
    record Entry(String path, Type type, int mode, long size, String linkTarget) {
        enum Type {
            FILE,
            DIRECTORY,
            LINK
        }

        Entry {
            Objects.requireNonNull(path);
            Objects.requireNonNull(type);
            Objects.requireNonNull(linkTarget);
        }

        Entry withLinkTarget(String target) {
            return new Entry(path, type, mode, size, target);
        }
    }

    /**
     * A piece of a file.
     *
     * @param file the file
     * @param offset where the piece begins, in bytes
     * @param length in bytes, 0 only for an empty file
     */
    record Segment(Entry file, long offset, long length) {
        /** Limits the length of a script, which names each file. */
        private static final int MAX_FILES = 400;

        /** Returns whether it is the entire file. */
        boolean isEntireFile() {
            return length == file.size();
        }

        /**
         * Divides files into chunks, one for each invocation.
         *
         * @param chunkBytes the maximum size of a chunk
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

        /** Returns the size of a chunk in bytes. */
        static long size(List<Segment> chunk) {
            return chunk.stream().mapToLong(Segment::length).sum();
        }
    }
}
