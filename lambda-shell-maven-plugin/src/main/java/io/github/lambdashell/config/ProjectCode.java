package io.github.lambdashell.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The project's own package, which is deployed to /var/task together with the shell.
 *
 * @param archive a jar or zip file, not null; a deploy refuses one that does not exist
 * @param origin the reason why it is deployed, for the log and the reports, such as {@code the project's artifact}; not
 *     null
 * @param libraries the project's runtime dependencies, which are added to lib/ unless the archive contains them, not
 *     null
 */
public record ProjectCode(Path archive, String origin, List<Path> libraries) {
    public ProjectCode {
        Objects.requireNonNull(archive);
        Objects.requireNonNull(origin);
        libraries = List.copyOf(libraries);
    }

    /** Creates the code of a file that the user named. */
    public ProjectCode(Path archive, List<Path> libraries) {
        this(archive, "configured with codePath", libraries);
    }
}
