package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a path on this machine leads to. */
final class LocalTree {
    private static final int READABLE = 0644;
    private static final int SEARCHABLE = 0755;

    private LocalTree() {}

    /**
     * Looks.
     *
     * @throws ShellException when there is nothing that can be transferred, or something can't be read
     */
    static Tree list(Path path) {
        if (!Files.exists(path)) {
            throw new ShellException(path + " does not exist on this machine", "Name a file or directory here");
        }
        try {
            Path real = path.toRealPath();
            if (Files.isDirectory(real)) {
                Collector collector = new Collector(real);
                Files.walkFileTree(real, collector);
                return new Tree(real.toString(), true, collector.entries, collector.leftOut);
            }
            if (!Files.isRegularFile(real)) {
                throw new ShellException(path + " is neither a file nor a directory", "Name one that is");
            }
            String name = real.getFileName().toString();
            Entry file = new Entry(name, Entry.Type.FILE, mode(real, READABLE), Files.size(real), "");
            return new Tree(real.getParent().toString(), false, List.of(file), 0);
        } catch (IOException e) {
            throw new ShellException(
                    "Can't read " + path + ": " + e, "Name a file or directory here that you can read", e);
        }
    }

    private static int mode(Path path, int otherwise) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return otherwise;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        int mode = 0;
        // The enumeration's order is that of the bits, from the highest: owner, group, others, each read, write,
        // execute.
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
        }
        return mode;
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Entry> entries = new ArrayList<>();
        private int leftOut;

        Collector(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (!directory.equals(root)) {
                entries.add(new Entry(name(directory), Entry.Type.DIRECTORY, mode(directory, SEARCHABLE), 0, ""));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink()) {
                String target = Files.readSymbolicLink(file).toString();
                entries.add(new Entry(name(file), Entry.Type.LINK, 0, 0, target));
            } else if (attributes.isRegularFile()) {
                entries.add(new Entry(name(file), Entry.Type.FILE, mode(file, READABLE), attributes.size(), ""));
            } else {
                leftOut++;
            }
            return FileVisitResult.CONTINUE;
        }

        private String name(Path path) {
            return root.relativize(path).toString().replace('\\', '/');
        }
    }
}
