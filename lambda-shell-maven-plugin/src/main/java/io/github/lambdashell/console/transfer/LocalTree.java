package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.transfer.Tree.Entry;
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

/** Lists a file or directory of this machine. */
final class LocalTree {
    private static final int READABLE = 0644;
    private static final int SEARCHABLE = 0755;

    private LocalTree() {}

    /**
     * Lists it.
     *
     * @throws ShellException if it does not exist, or can't be read or transferred
     */
    static Tree list(Path path) {
        if (!Files.exists(path)) {
            throw new ShellException(path + " does not exist on this machine", "Specify a local file or directory");
        }
        try {
            Path real = path.toRealPath();
            if (Files.isDirectory(real)) {
                Collector collector = new Collector(real);
                Files.walkFileTree(real, collector);
                return new Tree(real.toString(), true, collector.entries, collector.skipped);
            }
            if (!Files.isRegularFile(real)) {
                throw new ShellException(path + " is neither a file nor a directory", "Specify a file or directory");
            }
            String name = real.getFileName().toString();
            Entry file = new Entry(name, Entry.Type.FILE, mode(real, READABLE), Files.size(real), "");
            return new Tree(real.getParent().toString(), false, List.of(file), 0);
        } catch (IOException e) {
            throw new ShellException(
                    "Can't read " + path + ": " + e, "Specify a file or directory that you can read", e);
        }
    }

    private static int mode(Path path, int defaultMode) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return defaultMode;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        int mode = 0;
        // The constants are in the order of the bits, from the highest.
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
        }
        return mode;
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Entry> entries = new ArrayList<>();
        private int skipped;

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
                skipped++;
            }
            return FileVisitResult.CONTINUE;
        }

        private String name(Path path) {
            return root.relativize(path).toString().replace('\\', '/');
        }
    }
}
