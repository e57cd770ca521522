package io.github.lambdashell.stack;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Temporary stacks whose builds were killed. Those of this machine are found by their records, and local ones also by
 * their folders, if no running build holds the lock; those of other machines by their tags, which don't show whether the
 * build still runs.
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
     * Deletes the files and stacks that killed builds of this machine left; local stacks also without a record. A stack of
     * another configured name that can't be deleted is a warning only.
     *
     * @param base the configured name; empty if the goal does not need the removal
     * @return whether there was such a stack
     * @throws ShellException if a stack for that name remains
     */
    boolean remove(StackLocation location, String base) throws InterruptedException {
        records.removeStrayFiles();
        Map<String, String> bases = new TreeMap<>();
        records.all().stream()
                .filter(stack -> stack.isTemporary() && stack.location().equals(location))
                .forEach(stack -> bases.put(stack.stackName(), stack.base()));
        if (location.equals(StackLocation.LOCAL)) {
            target.list().stream()
                    .filter(DeployedStack::isTemporary)
                    .forEach(stack -> bases.put(stack.name(), stack.origin().base()));
        }
        boolean found = false;
        for (Map.Entry<String, String> stack : bases.entrySet()) {
            try {
                found |= removeOne(location, stack.getKey());
            } catch (ShellException e) {
                if (stack.getValue().equals(base)) {
                    throw e;
                }
                listener.warning(e.getMessage());
            }
        }
        return found;
    }

    private boolean removeOne(StackLocation location, String name) throws InterruptedException {
        Optional<BuildLock> unowned = records.lock(location, name);
        if (unowned.isEmpty()) {
            return false;
        }
        BuildLock lock = unowned.get();
        try (lock) {
            boolean removed = target.delete(name, listener).isPresent();
            records.remove(location, name);
            if (removed) {
                listener.step("Removed stack " + name + ", which a killed build left");
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
                    .filter(stack -> stack.origin().base().equals(base) && stack.isTemporary())
                    .toList();
        } catch (ShellException e) {
            listener.step("Can't list other builds' stacks of that name: " + e.problem());
            return List.of();
        }
    }
}
