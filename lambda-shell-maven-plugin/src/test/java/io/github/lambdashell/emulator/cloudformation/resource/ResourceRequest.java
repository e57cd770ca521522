package io.github.lambdashell.emulator.cloudformation.resource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of a resource.
 *
 * @param stackName name of its stack
 * @param stackId id of its stack
 * @param logicalId its name in the template
 * @param properties evaluated properties
 * @param stackTags tags of the stack, added to its own
 */
public record ResourceRequest(
        String stackName,
        String stackId,
        String logicalId,
        Map<String, Object> properties,
        Map<String, String> stackTags) {
    /** Tag with the id of the resource's stack; set by CloudFormation. */
    static final String STACK_ID_TAG = "aws:cloudformation:stack-id";

    /** Returns a string property; null if it is absent. */
    String text(String name) {
        return (String) properties.get(name);
    }

    /** Returns a number property, or {@code otherwise} if it is absent. */
    int number(String name, int otherwise) {
        String text = text(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    /** Returns an object property; empty if it is absent. */
    @SuppressWarnings("unchecked") // The shape was validated.
    Map<String, Object> object(String name) {
        return (Map<String, Object>) properties.getOrDefault(name, Map.of());
    }

    /** Returns a list of objects; empty if it is absent. */
    @SuppressWarnings("unchecked") // The shape was validated.
    List<Map<String, Object>> objects(String name) {
        return (List<Map<String, Object>>) properties.getOrDefault(name, List.of());
    }

    /** Returns a list of strings; empty if it is absent. */
    @SuppressWarnings("unchecked") // The shape was validated.
    List<String> texts(String name) {
        return (List<String>) properties.getOrDefault(name, List.of());
    }

    /** Returns the resource's own tags, the stack's, and CloudFormation's. */
    Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>(stackTags);
        for (Object item : (List<?>) properties.getOrDefault("Tags", List.of())) {
            Map<?, ?> tag = (Map<?, ?>) item;
            tags.put((String) tag.get("Key"), (String) tag.get("Value"));
        }
        tags.put("aws:cloudformation:stack-name", stackName);
        tags.put(STACK_ID_TAG, stackId);
        tags.put("aws:cloudformation:logical-id", logicalId);
        return tags;
    }
}
