package io.github.lambdashell.stack;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** The tags by which a stack and its resources are known as this plugin's. CloudFormation hands them on to resources. */
final class StackTags {
    private static final String STACK = "lshell:stack";
    private static final String OWNER = "lshell:owner";
    private static final String CREATED = "lshell:created";

    private StackTags() {}

    static List<Tag> forNew(StackConfig config) {
        return tags(
                config, owner(), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Keeps who made the stack and when, so that an unchanged deploy changes no tag. */
    static List<Tag> forUpdate(StackConfig config, DeployedStack stack) {
        return tags(
                config, stack.tags().getOrDefault(OWNER, owner()), stack.tags().getOrDefault(CREATED, ""));
    }

    /**
     * Refuses stacks that somebody made in another way.
     *
     * @throws ShellException when the stack has not this plugin's tag
     */
    static void requireOurs(DeployedStack stack) {
        if (!stack.tags().containsKey(STACK)) {
            throw new ShellException(
                    "The stack " + stack.name() + " exists, but was not made by this plugin; it was left untouched",
                    "Choose another name with -Dlshell.stackName");
        }
    }

    private static List<Tag> tags(StackConfig config, String owner, String created) {
        Map<String, String> tags = new TreeMap<>(config.tags());
        tags.put(STACK, config.stackName());
        tags.put(OWNER, owner);
        tags.put(CREATED, created);
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** The build's user, in the letters that a tag may hold. */
    private static String owner() {
        String user = System.getProperty("user.name", "").replaceAll("[^\\p{L}\\p{N}_.:/=+@ -]", "_");
        return user.isBlank() ? "unknown" : user;
    }
}
