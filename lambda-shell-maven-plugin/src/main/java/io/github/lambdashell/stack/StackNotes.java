package io.github.lambdashell.stack;

import io.github.lambdashell.config.TargetConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What this machine's records say without asking anybody. */
public final class StackNotes {
    private final TargetConfig target;
    private final List<StackRecord> records;

    public StackNotes(TargetConfig target) {
        this.target = target;
        this.records = new StackRecords(target.home()).all();
    }

    /** Whether a stack of that name was deployed here, as far as these records know. */
    public boolean isDeployed(String stackName) {
        return records.stream().anyMatch(stack -> stack.stackName().equals(stackName) && isHere(stack));
    }

    /** Where else a stack of that name was deployed and how to get there; empty when nowhere. */
    public Optional<String> elsewhere(String stackName) {
        return records.stream()
                .filter(stack -> stack.stackName().equals(stackName) && !isHere(stack))
                .findFirst()
                .map(stack -> "a stack of that name is deployed on " + stack.place() + "; say -Dlshell.target="
                        + stack.place().target()
                        + (stack.place().region().isEmpty()
                                ? ""
                                : " -Dlshell.region=" + stack.place().region()));
    }

    /**
     * A line for each stack of this target whose time is over.
     *
     * @param own the stack of the goal that asks, which is left out: its tag knows better, for any machine can prolong it
     */
    public List<String> expired(Instant now, String own) {
        return records.stream()
                .filter(stack -> stack.place().target().equals(target.name()) && stack.isExpired(now))
                .filter(stack -> !stack.stackName().equals(own) || !isHere(stack))
                .map(stack -> stack.stackName() + " on " + stack.place() + " expired "
                        + Ages.words(Duration.between(Instant.parse(stack.expires()), now))
                        + " ago; remove it with mvn lshell:teardown -Dlshell.stackName=" + stack.stackName()
                        + " -Dlshell.target=" + stack.place().target())
                .toList();
    }

    /** Without a region said, the SDK's own is only known to the SDK. */
    private boolean isHere(StackRecord stack) {
        return stack.place().target().equals(target.name())
                && (target.region() == null
                        || target.isLocal()
                        || target.region().equals(stack.place().region()));
    }
}
