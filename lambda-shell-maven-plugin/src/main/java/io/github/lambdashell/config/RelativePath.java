package io.github.lambdashell.config;

import java.nio.file.Path;
import java.util.Optional;

/** Paths as a user can paste them into the terminal that runs the build. */
public final class RelativePath {
    private RelativePath() {}

    /** Returns a file's path relative to this process's working directory, or the absolute path outside of it. */
    public static String of(Path file) {
        return below(file).orElseGet(() -> file.toAbsolutePath().normalize().toString());
    }

    /** Returns a file's path relative to this process's working directory; empty outside of it. */
    public static Optional<String> below(Path file) {
        Path current = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(current)
                ? Optional.of(current.relativize(absolute).toString())
                : Optional.empty();
    }
}
