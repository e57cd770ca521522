package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A file, or a directory with what is in it.
 *
 * @param root absolute path of the directory, or of the one that the file is in; not null
 * @param isDirectory false when it is one file, the only entry then
 * @param entries directories before what is in them, not null
 * @param leftOut how many sockets, pipes and devices were seen, which are not transferred
 */
record Tree(String root, boolean isDirectory, List<Entry> entries, int leftOut) {
    Tree {
        entries = List.copyOf(entries);
    }

    /**
     * Makes sure that every path leads below the root and to one thing. Who sent the tree may not be who is trusted.
     *
     * @throws ShellException when one does not
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
                        "\"" + entry.path() + "\" does not lead to a place of its own below " + root,
                        "Nothing of it was written; fetch what you need file by file");
            }
        }
    }

    /** What it is called where it is put into a directory. */
    String name() {
        return isDirectory
                ? root.substring(root.lastIndexOf('/') + 1)
                : entries.get(0).path();
    }

    /** All of one type. */
    List<Entry> all(Entry.Type type) {
        return entries.stream().filter(entry -> entry.type() == type).toList();
    }

    /** Bytes of all files. */
    long size() {
        return all(Entry.Type.FILE).stream().mapToLong(Entry::size).sum();
    }
}
