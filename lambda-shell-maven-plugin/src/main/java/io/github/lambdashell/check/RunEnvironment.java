package io.github.lambdashell.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The environment of a run of checks.
 *
 * @param target {@code local} or {@code aws}, not null
 * @param stack the stack's name, not null
 * @param runtime the function's runtime, not null
 * @param architecture the function's architecture, not null
 * @param code the content of /var/task beside the shell: a file with its size and the reason why it was chosen; not null
 * @param isolation the local target's isolation level, empty on AWS and before any function ran; not null
 * @param differences from Lambda, such as "java21 requested, running on 17.0.15"; not null
 */
public record RunEnvironment(
        String target,
        String stack,
        String runtime,
        String architecture,
        String code,
        Optional<String> isolation,
        List<String> differences) {
    public RunEnvironment {
        Objects.requireNonNull(target);
        Objects.requireNonNull(stack);
        Objects.requireNonNull(runtime);
        Objects.requireNonNull(architecture);
        Objects.requireNonNull(code);
        Objects.requireNonNull(isolation);
        differences = List.copyOf(differences);
    }

    /** Returns names with values, for programs. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("target", target);
        properties.put("stack", stack);
        properties.put("runtime", runtime);
        properties.put("architecture", architecture);
        properties.put("code", code);
        isolation.ifPresent(level -> properties.put("isolation", level));
        if (!differences.isEmpty()) {
            properties.put("differences", String.join("; ", differences));
        }
        return properties;
    }
}
