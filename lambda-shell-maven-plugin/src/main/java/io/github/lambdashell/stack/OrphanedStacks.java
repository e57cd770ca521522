package io.github.lambdashell.stack;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Temporary stacks whose builds were killed. Those of this machine are found by their records, if no running build
 * holds the lock; those of other machines by their tags, which don't show whether the build still runs.
 */
final class OrphanedStacks {
    private final Target target;
    private final DeployListener listener;
    private final StackRecords records;

    OrphanedStacks(Target target, DeployListener listener, StackRecords records) {
        this.target = target;
        this.listener = listener;
        this.records = records;
    }

    /**
     * Deletes the orphaned stacks of this machine for a configured name.
     *
     * @return whether there was one
     */
    boolean remove(StackLocation location, String base) throws InterruptedException {
        records.removeStrayFiles();
        boolean found = false;
        for (StackRecord stack : records.all()) {
            if (stack.isTemporary()
                    && stack.location().equals(location)
                    && stack.base().equals(base)) {
                found |= remove(stack);
            }
        }
        return found;
    }

    private boolean remove(StackRecord stack) throws InterruptedException {
        Optional<BuildLock> unowned = records.lock(stack.location(), stack.stackName());
        if (unowned.isEmpty()) {
            return false;
        }
        BuildLock lock = unowned.get();
        try (lock) {
            boolean removed = target.delete(stack.stackName(), listener).isPresent();
            records.remove(stack.location(), stack.stackName());
            if (removed) {
                listener.step("Removed stack " + stack.stackName() + ", which a killed build left");
            }
            return removed;
        }
    }

    /**
     * Deletes the expired temporary stacks of any machine for a configured name, and reports the others.
     *
     * @return whether one was deleted
     */
    boolean removeExpired(StackLocation location, String base) throws InterruptedException {
        boolean found = false;
        for (DeployedStack stack : createdFor(base)) {
            if (stack.expired(Instant.now()).isPresent()) {
                target.delete(stack.name(), listener);
                records.remove(location, stack.name());
                listener.step("Removed stack " + stack.name() + ", which was expired");
                found = true;
            } else {
                listener.step("Kept stack " + stack.name() + ", which "
                        + stack.origin().owner()
                        + " created for a build that may still run; if it does not: mvn lshell:teardown"
                        + " -Dlshell.stackName=" + stack.name());
            }
        }
        return found;
    }

    private List<DeployedStack> createdFor(String base) {
        try {
            return target.list().stream()
                    .filter(stack ->
                            stack.origin().base().equals(base) && !stack.name().equals(base))
                    .toList();
        } catch (ShellException e) {
            listener.step("Can't list other builds' stacks of that name: " + e.problem());
            return List.of();
        }
    }
}
