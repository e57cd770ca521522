package io.github.lambdashell.protocol;

import java.util.Objects;

/**
 * The project's own handler, which runs beside the shell.
 *
 * @param name as in a function's configuration, such as {@code com.example.App::handleRequest}; not null
 * @param snapStart whether its process starts as before a snapshot, and is restored with the first event
 */
public record ProjectHandler(String name, boolean snapStart) {
    public ProjectHandler {
        Objects.requireNonNull(name);
    }
}
