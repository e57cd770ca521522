package io.github.lambdashell.check.binding;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Settings that apply to all checks of a goal.
 *
 * @param baseDirectory the base of relative paths in a POM, not null; those of a commandsFile are relative to it
 * @param overwrite whether golden files are written instead of compared
 */
public record Settings(Path baseDirectory, boolean overwrite) {
    public Settings {
        Objects.requireNonNull(baseDirectory);
    }
}
