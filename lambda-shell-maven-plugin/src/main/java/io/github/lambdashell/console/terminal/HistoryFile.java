package io.github.lambdashell.console.terminal;

import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where a stack's history is kept: a file that only its owner can read, for commands hold secrets. */
public final class HistoryFile {
    private HistoryFile() {}

    /**
     * Makes the file where it is missing.
     *
     * @throws ShellException when it can't be made
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
                    "Give yourself access to it, or name another directory with -Dlshell.home",
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
