package io.github.lambdashell.local.lambda.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Removes directories that functions wrote to. */
public final class Directories {
    private Directories() {}

    /** Removes a directory and what is in it; symbolic links are removed, not followed. None there is no fault. */
    public static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                    if (problem instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw problem;
                }

                @Override
                public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes)
                        throws IOException {
                    // A function may have taken its own rights away.
                    if (!Files.isWritable(entered) || !Files.isExecutable(entered)) {
                        Files.setPosixFilePermissions(entered, PosixFilePermissions.fromString("rwx------"));
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
        } catch (IOException e) {
            throw new UncheckedIOException("A sandbox's directory can't be removed: " + directory, e);
        }
    }
}
