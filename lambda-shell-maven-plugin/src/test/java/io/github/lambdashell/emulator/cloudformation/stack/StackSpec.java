package io.github.lambdashell.emulator.cloudformation.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a stack.
 *
 * @param template text of the template
 * @param parameters values by name, defaults included
 * @param tags values by key
 * @param capabilities acknowledged capabilities
 */
public record StackSpec(
        String template, Map<String, String> parameters, Map<String, String> tags, List<String> capabilities) {
    public StackSpec {
        parameters = new LinkedHashMap<>(parameters);
        tags = new LinkedHashMap<>(tags);
        capabilities = List.copyOf(capabilities);
    }
}
