package io.github.lambdashell.config;

import java.nio.file.Path;
import java.util.Optional;

/** Paths relative to a directory, by default to the one of the terminal that runs the build. */
public final class RelativePath {
    private RelativePath() {}

    /** Returns a file's path relative to this process's working directory, or the absolute path outside of it. */
    public static String of(Path file) {
        return of(file, Path.of(""));
    }

    /** Returns a file's path relative to a directory, or the absolute path outside of it. */
    public static String of(Path file, Path directory) {
        return below(file, directory)
                .orElseGet(() -> file.toAbsolutePath().normalize().toString());
    }

    /** Returns a file's path relative to a directory; empty outside of it. */
    public static Optional<String> below(Path file, Path directory) {
        Path base = directory.toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(base) ? Optional.of(base.relativize(absolute).toString()) : Optional.empty();
    }
}
