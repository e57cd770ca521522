package io.github.lambdashell.console.terminal;

import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file of a stack's history, which only its owner can read, because commands can contain secrets. */
public final class HistoryFile {
    private HistoryFile() {}

    /**
     * Creates the file if it does not exist.
     *
     * @throws ShellException if it can't be created
     */
    public static Path of(Path home, String target, String stackName) {
        Path directory = home.resolve("history");
        Path file = directory.resolve(target + "-" + stackName);
        try {
            Files.createDirectories(directory, onlyOwner(directory, "rwx------"));
            if (!Files.exists(file)) {
                Files.createFile(file, onlyOwner(directory, "rw-------"));
            }
        } catch (IOException e) {
            throw new ShellException(
                    "Can't write to " + file + ": " + e,
                    "Correct its permissions, or specify another directory with -Dlshell.home",
                    e);
        }
        return file;
    }

    private static FileAttribute<?>[] onlyOwner(Path path, String permissions) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
    }
}
