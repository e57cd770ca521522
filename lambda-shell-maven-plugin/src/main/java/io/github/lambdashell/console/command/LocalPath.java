package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths on this machine as a person writes them. */
final class LocalPath {
    private LocalPath() {}

    /**
     * @param text a tilde at its front is the home directory
     * @throws ShellException when it is no path on this system
     */
    static Path of(String text) {
        try {
            return text.equals("~") || text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home") + text.substring(1))
                    : Path.of(text);
        } catch (InvalidPathException e) {
            throw new ShellException("\"" + text + "\" is no path on this machine", "Name a file here", e);
        }
    }
}
