package io.github.lambdashell.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where checks ran, which their results have to be read with.
 *
 * @param target {@code local} or {@code aws}, not null
 * @param stack the stack's name, not null
 * @param isolation how far the local target kept functions apart from the machine, empty on AWS and before any ran
 */
public record Surroundings(String target, String stack, Optional<String> isolation) {
    public Surroundings {
        Objects.requireNonNull(target);
        Objects.requireNonNull(stack);
        Objects.requireNonNull(isolation);
    }

    /** Names with values, for programs. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("target", target);
        properties.put("stack", stack);
        isolation.ifPresent(level -> properties.put("isolation", level));
        return properties;
    }

    /** For a person: {@code on local, isolation full, by bubblewrap}. */
    @Override
    public String toString() {
        return "on " + target + isolation.map(level -> ", isolation " + level).orElse("");
    }
}
