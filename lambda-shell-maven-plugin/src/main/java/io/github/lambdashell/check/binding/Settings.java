package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.ready.BuildFiles;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Settings that apply to all checks of a goal.
 *
 * @param baseDirectory the base of relative paths in a POM, not null; those of a commandsFile are relative to it
 * @param overwrite whether golden files are written instead of compared
 * @param handler the project's handler, empty for none; not null
 * @param snapStart whether handlers start as before a snapshot
 * @param build reads the files of the build that a package is compared with, for checks that need them; not null
 */
public record Settings(
        Path baseDirectory,
        boolean overwrite,
        Optional<String> handler,
        boolean snapStart,
        Supplier<BuildFiles> build) {
    public Settings {
        Objects.requireNonNull(baseDirectory);
        Objects.requireNonNull(handler);
        Objects.requireNonNull(build);
    }

    /** Creates settings without a build. */
    public Settings(Path baseDirectory, boolean overwrite, Optional<String> handler, boolean snapStart) {
        this(baseDirectory, overwrite, handler, snapStart, () -> BuildFiles.NONE);
    }

    /** Creates settings without a handler and a build. */
    public Settings(Path baseDirectory, boolean overwrite) {
        this(baseDirectory, overwrite, Optional.empty(), false);
    }
}
