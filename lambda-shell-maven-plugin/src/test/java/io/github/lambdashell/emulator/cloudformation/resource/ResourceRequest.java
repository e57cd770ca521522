package io.github.lambdashell.emulator.cloudformation.resource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a resource is to be.
 *
 * @param stackName of the stack that it belongs to
 * @param stackId of that stack
 * @param logicalId its name in the template
 * @param properties evaluated
 * @param stackTags tags that it gets besides its own
 */
public record ResourceRequest(
        String stackName,
        String stackId,
        String logicalId,
        Map<String, Object> properties,
        Map<String, String> stackTags) {
    /** The tag by which a resource is known as a stack's; CloudFormation sets it. */
    static final String STACK_ID_TAG = "aws:cloudformation:stack-id";

    /** A property that is a text, null where there is none. */
    String text(String name) {
        return (String) properties.get(name);
    }

    /** A property that is a number. */
    int number(String name, int otherwise) {
        String text = text(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    /** A property that is an object; empty where there is none. */
    @SuppressWarnings("unchecked") // The shape has been checked.
    Map<String, Object> object(String name) {
        return (Map<String, Object>) properties.getOrDefault(name, Map.of());
    }

    /** A property that is a list of objects; empty where there is none. */
    @SuppressWarnings("unchecked") // The shape has been checked.
    List<Map<String, Object>> objects(String name) {
        return (List<Map<String, Object>>) properties.getOrDefault(name, List.of());
    }

    /** A property that is a list of texts; empty where there is none. */
    @SuppressWarnings("unchecked") // The shape has been checked.
    List<String> texts(String name) {
        return (List<String>) properties.getOrDefault(name, List.of());
    }

    /** Its own tags, the stack's, and CloudFormation's. */
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
