package io.github.lambdashell.check.binding;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What the binder needs to know besides the configuration itself.
 *
 * @param baseDirectory what relative paths of a POM start from, not null; a commandsFile's start from its own directory
 * @param overwrite whether golden files are written instead of compared
 */
public record Settings(Path baseDirectory, boolean overwrite) {
    public Settings {
        Objects.requireNonNull(baseDirectory);
    }
}
