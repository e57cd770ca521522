package io.github.lambdashell.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The project's own package, which is deployed to /var/task together with the shell.
 *
 * @param archive a jar or zip file, not null
 * @param libraries the project's runtime dependencies, which are added to lib/ unless the archive contains them, not
 *     null
 */
public record ProjectCode(Path archive, List<Path> libraries) {
    public ProjectCode {
        Objects.requireNonNull(archive);
        libraries = List.copyOf(libraries);
    }
}
