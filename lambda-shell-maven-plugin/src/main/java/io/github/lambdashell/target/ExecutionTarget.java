package io.github.lambdashell.target;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The place where commands run, for logs and reports.
 *
 * @param name {@code local} or {@code aws}, not null
 * @param region the region, not null; functions of the local target see one too
 * @param isolation how functions are isolated from this machine, such as "full, by bubblewrap"; empty for AWS, and
 *     before the first function has run
 * @param differences from Lambda that are known so far, such as "java21 requested, running on 17.0.15"; not null
 */
public record ExecutionTarget(String name, String region, Optional<String> isolation, List<String> differences) {
    public ExecutionTarget {
        Objects.requireNonNull(name);
        Objects.requireNonNull(region);
        Objects.requireNonNull(isolation);
        differences = List.copyOf(differences);
    }
}
