package io.github.lambdashell.target.local.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories with all that is in them. */
public final class FileTree {
    private FileTree() {}

    /**
     * Removes a directory; links are removed, not followed. What isn't there is no fault, for the process that watches
     * over a sandbox may be removing it as well.
     */
    public static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) throws IOException {
                // Who filled it, a function or a package, may have left no right to remove what is in it.
                if (!Files.isWritable(entered) || !Files.isExecutable(entered)) {
                    try {
                        Files.setPosixFilePermissions(entered, PosixFilePermissions.fromString("rwx------"));
                    } catch (NoSuchFileException e) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
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

    /** Removes a directory as {@link #delete} does, where no checked exception is possible. */
    public static void deleteUnchecked(Path directory) {
        try {
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox's directory " + directory + " can't be removed", e);
        }
    }

    /**
     * Lets everybody list a directory and all below it, as on Lambda, whatever the umask is. Who gets there is decided by
     * what is above it.
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
