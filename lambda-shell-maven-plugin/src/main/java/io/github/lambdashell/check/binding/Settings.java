package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.ready.BuildFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Settings that apply to all checks of a goal.
 *
 * @param baseDirectory the base of relative paths in a POM, not null; those of a commandsFile are relative to it
 * @param overwrite whether golden files are written instead of compared
 * @param matrix whether the checks run in the environments of a matrix
 * @param handler the project's handler, empty for none; not null
 * @param snapStart whether handlers start as before a snapshot
 * @param environment the build's environment variables, not null
 * @param properties the properties on Maven's command line, not null
 * @param build reads the files of the build that a package is compared with, for checks that need them; not null
 */
public record Settings(
        Path baseDirectory,
        boolean overwrite,
        boolean matrix,
        Optional<String> handler,
        boolean snapStart,
        Map<String, String> environment,
        Map<String, String> properties,
        Supplier<BuildFiles> build) {
    public Settings {
        Objects.requireNonNull(baseDirectory);
        Objects.requireNonNull(handler);
        environment = Map.copyOf(environment);
        properties = Map.copyOf(properties);
        Objects.requireNonNull(build);
    }

    /** Creates settings without variables and a build. */
    public Settings(Path baseDirectory, boolean overwrite, Optional<String> handler, boolean snapStart) {
        this(baseDirectory, overwrite, false, handler, snapStart, Map.of(), Map.of(), () -> BuildFiles.NONE);
    }

    /** Creates settings without a handler. */
    public Settings(Path baseDirectory, boolean overwrite) {
        this(baseDirectory, overwrite, Optional.empty(), false);
    }
}
