package io.github.lambdashell.emulator.cloudformation.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stack is to be.
 *
 * @param template its text
 * @param parameters values by name, defaults included
 * @param tags by key
 * @param capabilities that the caller agreed to
 */
public record StackSpec(
        String template, Map<String, String> parameters, Map<String, String> tags, List<String> capabilities) {
    public StackSpec {
        parameters = new LinkedHashMap<>(parameters);
        tags = new LinkedHashMap<>(tags);
        capabilities = List.copyOf(capabilities);
    }
}
