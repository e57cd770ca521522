package io.github.lambdashell.target.local.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Operations on a directory with everything in it. */
public final class FileTree {
    /** The length of a path in characters beyond which directories are moved before they are deleted. */
    private static final int LONG = 200;

    private FileTree() {}

    /**
     * Removes a directory; links are removed, not followed. Has no effect where there is none, because the process that
     * watches over a sandbox may remove it at the same time.
     *
     * <p>commons-io's deletion fails in both cases, at directories that a function has closed to their owner, and at those
     * whose path is longer than the system allows.
     */
    public static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof AccessDeniedException && !isOpen(file)) {
                    open(file);
                    delete(file);
                } else if (!(problem instanceof NoSuchFileException)) {
                    throw problem;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) throws IOException {
                try {
                    if (!isOpen(entered)) {
                        open(entered);
                    }
                    if (entered.toString().length() > directory.toString().length() + LONG) {
                        Path nearer = Files.createTempDirectory(directory, "d");
                        Files.move(entered, nearer.resolve("d"));
                        delete(nearer);
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                } catch (NoSuchFileException e) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, IOException problem) throws IOException {
                Files.deleteIfExists(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isOpen(Path directory) {
        return Files.isReadable(directory) && Files.isWritable(directory) && Files.isExecutable(directory);
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    /** Removes a directory as {@link #delete} does, where no checked exception is possible. */
    public static void deleteUnchecked(Path directory) {
        try {
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox's directory " + directory + " can't be removed", e);
        }
    }

    /**
     * Lets everybody list a directory and all directories below it, as on Lambda, independent of the umask. The directories
     * above it decide who can reach it.
     */
    public static void openDirectories(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(entered, PosixFilePermissions.fromString("rwxr-xr-x"));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
