package io.github.lambdashell.stack;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** The tags by which a stack and its resources are known as this plugin's. CloudFormation hands them on to resources. */
final class StackTags {
    private static final String STACK = "lshell:stack";
    private static final String BASE = "lshell:base";
    private static final String OWNER = "lshell:owner";
    private static final String CREATED = "lshell:created";
    private static final String EXPIRES = "lshell:expires";

    private StackTags() {}

    /**
     * @param base the name that was configured; another one than the stack's when the stack is a temporary one
     */
    static List<Tag> forNew(StackConfig config, String base, Instant now) {
        return tags(
                config, base, owner(), now.truncatedTo(ChronoUnit.SECONDS).toString(), now.plus(config.expiresAfter()));
    }

    /**
     * Keeps who made the stack and when, so that an unchanged deploy changes no tag. The expiry stays while at least
     * half of the time lies ahead: a stack that is in use is prolonged, but not by each deploy.
     */
    static List<Tag> forUpdate(StackConfig config, DeployedStack stack, Instant now) {
        Duration whole = config.expiresAfter();
        Instant expiry = expires(stack)
                .filter(until -> until.isAfter(now.plus(whole.dividedBy(2))) && !until.isAfter(now.plus(whole)))
                .orElse(now.plus(whole));
        return tags(
                config,
                stack.tags().getOrDefault(BASE, config.stackName()),
                stack.tags().getOrDefault(OWNER, owner()),
                stack.tags().getOrDefault(CREATED, ""),
                expiry);
    }

    static boolean areOurs(DeployedStack stack) {
        return stack.tags().containsKey(STACK);
    }

    /** Whether a stack's tags are these and no others. */
    static boolean are(List<Tag> tags, DeployedStack stack) {
        return stack.tags().equals(tags.stream().collect(Collectors.toMap(Tag::key, Tag::value)));
    }

    /**
     * Refuses stacks that somebody made in another way.
     *
     * @throws ShellException when the stack has not this plugin's tag
     */
    static void requireOurs(DeployedStack stack) {
        if (!areOurs(stack)) {
            throw new ShellException(
                    "The stack " + stack.name() + " exists, but was not made by this plugin; it was left untouched",
                    "Choose another name with -Dlshell.stackName");
        }
    }

    /** The name for which a stack was made. */
    static String base(DeployedStack stack) {
        return stack.tags().getOrDefault(BASE, stack.name());
    }

    static String owner(DeployedStack stack) {
        return stack.tags().getOrDefault(OWNER, "unknown");
    }

    /** When the stack was made to go; empty where its tag is gone or was changed by hand. */
    static Optional<Instant> expires(DeployedStack stack) {
        return instant(stack.tags().get(EXPIRES));
    }

    static boolean isExpired(DeployedStack stack, Instant now) {
        return expiry(stack, now).isPresent();
    }

    /** For example {@code demo expired 3 h ago}; empty as long as its time lasts. */
    static Optional<String> expiry(DeployedStack stack, Instant now) {
        return expires(stack)
                .filter(until -> until.isBefore(now))
                .map(until -> stack.name() + " expired " + Ages.words(Duration.between(until, now)) + " ago");
    }

    /** When the stack was made. */
    static Optional<Instant> created(DeployedStack stack) {
        return Optional.ofNullable(stack.created())
                .or(() -> instant(stack.tags().get(CREATED)));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            // A tag is anybody's to change.
            return Optional.empty();
        }
    }

    private static List<Tag> tags(StackConfig config, String base, String owner, String created, Instant expires) {
        Map<String, String> tags = new TreeMap<>(config.tags());
        tags.put(STACK, config.stackName());
        tags.put(BASE, base);
        tags.put(OWNER, owner);
        tags.put(CREATED, created);
        tags.put(EXPIRES, expires.truncatedTo(ChronoUnit.SECONDS).toString());
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** The build's user, in the letters that a tag may hold. */
    static String owner() {
        String user = System.getProperty("user.name", "").replaceAll("[^\\p{L}\\p{N}_.:/=+@ -]", "_");
        return user.isBlank() ? "unknown" : user;
    }
}
