package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.StackOrigin;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** The tags that identify a stack as this plugin's. CloudFormation passes them on to the stack's resources. */
final class StackTags {
    private static final String STACK = "lshell:stack";
    private static final String BASE = "lshell:base";
    private static final String OWNER = "lshell:owner";
    private static final String CREATED = "lshell:created";
    private static final String EXPIRES = "lshell:expires";

    private StackTags() {}

    /** Returns the tags of a stack, the user's among them. */
    static List<Tag> of(StackConfig config, StackOrigin origin) {
        Map<String, String> tags = new TreeMap<>(config.tags());
        tags.put(STACK, config.stackName());
        tags.put(BASE, origin.base());
        tags.put(OWNER, origin.owner());
        tags.put(CREATED, origin.created().map(Instant::toString).orElse(""));
        tags.put(EXPIRES, origin.expires().map(Instant::toString).orElse(""));
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** Returns the origin that a stack's tags name. */
    static StackOrigin origin(CloudFormationStack stack) {
        Map<String, String> tags = stack.tags();
        return new StackOrigin(
                tags.getOrDefault(BASE, stack.name()),
                tags.getOrDefault(OWNER, "unknown"),
                // The tag has precedence, so that an update without changes does not change it.
                instant(tags.get(CREATED)).or(() -> Optional.ofNullable(stack.created())),
                instant(tags.get(EXPIRES)));
    }

    static boolean areOurs(CloudFormationStack stack) {
        return stack.tags().containsKey(STACK);
    }

    /** Returns whether a stack has these tags and no others. */
    static boolean equal(List<Tag> tags, CloudFormationStack stack) {
        return stack.tags().equals(tags.stream().collect(Collectors.toMap(Tag::key, Tag::value)));
    }

    /**
     * Requires that a stack was created by this plugin.
     *
     * @throws ShellException if the stack does not have this plugin's tag
     */
    static void requireOurs(CloudFormationStack stack) {
        if (!areOurs(stack)) {
            throw new ShellException(
                    "The stack " + stack.name() + " exists, but was not created by this plugin; it was not changed",
                    "Choose another name with -Dlshell.stackName");
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            // Users can change tags, so the value may be invalid.
            return Optional.empty();
        }
    }
}
