package io.github.lambdashell.stack;

import io.github.lambdashell.target.Ages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Information about stacks from this machine's records, without a request to the target. */
public final class StackNotes {
    private final String target;
    private final String region;
    private final List<StackRecord> records;

    /**
     * Reads the records.
     *
     * @param home the plugin's own directory, not null
     * @param target {@code local} or {@code aws}, not null
     * @param region null if it is not configured
     */
    public StackNotes(Path home, String target, String region) {
        this.target = target;
        this.region = region;
        this.records = new StackRecords(home).all();
    }

    /** Returns whether a stack of that name was deployed from this machine to the configured target and region. */
    public boolean isDeployed(String stackName) {
        return records.stream().anyMatch(stack -> stack.stackName().equals(stackName) && isHere(stack));
    }

    /**
     * Returns a different location to which a stack of that name was deployed, and how to use it; empty if there is
     * none.
     */
    public Optional<String> elsewhere(String stackName) {
        return records.stream()
                .filter(stack -> stack.stackName().equals(stackName) && !isHere(stack))
                .findFirst()
                .map(stack ->
                        "a stack of that name is deployed on " + stack.location() + "; to use it: -Dlshell.target="
                                + stack.location().target()
                                + (stack.location().region().isEmpty()
                                        ? ""
                                        : " -Dlshell.region=" + stack.location().region()));
    }

    /**
     * Returns a line for each expired stack of this target.
     *
     * @param own name of the stack that the goal uses, which is excluded: another machine can have extended it, so its
     *     tag decides
     */
    public List<String> expired(Instant now, String own) {
        return records.stream()
                .filter(stack -> stack.location().target().equals(target) && stack.isExpired(now))
                .filter(stack -> !stack.stackName().equals(own) || !isHere(stack))
                .map(stack -> stack.stackName() + " on " + stack.location() + " expired "
                        + Ages.text(Duration.between(Instant.parse(stack.expires()), now))
                        + " ago; remove it with mvn lshell:teardown -Dlshell.stackName=" + stack.stackName()
                        + " -Dlshell.target=" + stack.location().target())
                .toList();
    }

    /**
     * Returns whether a stack is in the configured region. Without a configured one, every region matches, because only
     * the SDK knows the region in use.
     */
    private boolean isHere(StackRecord stack) {
        return stack.location().target().equals(target)
                && (target.equals("local")
                        || region == null
                        || region.equals(stack.location().region()));
    }
}
