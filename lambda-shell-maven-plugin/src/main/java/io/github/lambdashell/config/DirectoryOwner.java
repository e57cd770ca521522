package io.github.lambdashell.config;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** The owner check of a directory that must belong to the current user. */
public final class DirectoryOwner {
    private static final Path THIS_PROCESS = Path.of("/proc/self");

    private DirectoryOwner() {}

    /**
     * Requires that a directory belongs to the current user. Another owner could read secrets in it and replace code
     * that this user runs. A directory that does not exist is accepted, and any directory on a system without POSIX
     * owners.
     *
     * @throws ShellException if it belongs to another user
     */
    public static void requireOwn(Path directory) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
        try {
            if (posix && Files.exists(directory) && owner(directory) != currentUser()) {
                throw new ShellException(
                        "The directory " + directory + " belongs to another user",
                        "Use a directory of your own with -Dlshell.home, or change its owner with chown");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the owner of " + directory, e);
        }
    }

    private static long owner(Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:uid")).longValue();
    }

    /**
     * Returns the id of the current user, from /proc if it exists: UnixSystem requires an entry in /etc/passwd, which
     * users of containers may not have.
     */
    private static long currentUser() throws IOException {
        return Files.exists(THIS_PROCESS) ? owner(THIS_PROCESS) : new UnixSystem().getUid();
    }
}
