package io.github.lambdashell.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The project's own package, which is deployed to /var/task as the project would deploy it, with the shell beside it.
 *
 * @param archive a jar or zip file, not null
 * @param libraries the project's runtime dependencies; they go into lib/ unless the archive has them inside, not null
 */
public record ProjectCode(Path archive, List<Path> libraries) {
    public ProjectCode {
        Objects.requireNonNull(archive);
        libraries = List.copyOf(libraries);
    }
}
