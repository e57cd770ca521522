package io.github.lambdashell.target;

import java.util.Objects;
import java.util.Optional;

/**
 * The place where commands run, for logs and reports.
 *
 * @param name {@code local} or {@code aws}, not null
 * @param region the region, not null; functions of the local target see one too
 * @param isolation how functions are isolated from this machine, such as "full, by bubblewrap"; empty for AWS, and
 *     before the first function has run
 */
public record ExecutionTarget(String name, String region, Optional<String> isolation) {
    public ExecutionTarget {
        Objects.requireNonNull(name);
        Objects.requireNonNull(region);
        Objects.requireNonNull(isolation);
    }
}
