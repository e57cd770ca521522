package io.github.lambdashell.stack;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
     * Deletes the orphaned stacks of this machine for a configured name, and those that {@link #removeLocal} deletes.
     *
     * @return whether there was one
     */
    boolean remove(StackLocation location, String base) throws InterruptedException {
        boolean found = removeLocal(location);
        for (StackRecord stack : records.all()) {
            if (stack.isTemporary()
                    && stack.location().equals(location)
                    && stack.base().equals(base)) {
                found |= removeOne(location, stack.stackName());
            }
        }
        return found;
    }

    /**
     * Deletes what takes no time: files of killed builds and, if the target is local, their stacks of any name, also
     * those without a record.
     *
     * @return whether there was such a stack
     */
    boolean removeLocal(StackLocation location) throws InterruptedException {
        records.removeStrayFiles();
        if (!location.equals(StackLocation.LOCAL)) {
            return false;
        }
        Set<String> names = new TreeSet<>();
        records.all().stream()
                .filter(stack -> stack.isTemporary() && stack.location().equals(location))
                .forEach(stack -> names.add(stack.stackName()));
        target.list().stream().filter(DeployedStack::isTemporary).forEach(stack -> names.add(stack.name()));
        boolean found = false;
        for (String name : names) {
            found |= removeOne(location, name);
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
