package io.github.lambdashell.stack;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.aws.Place;
import io.github.lambdashell.config.ShellException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Temporary stacks whose builds were killed. Those of this machine are known from their records, which nobody holds a
 * lock on; those of others from their tags, which can't tell whether the build still runs.
 */
final class Abandoned {
    private final AwsClients clients;
    private final StackProgress progress;
    private final StackRecords records;

    Abandoned(AwsClients clients, StackProgress progress, StackRecords records) {
        this.clients = clients;
        this.progress = progress;
        this.records = records;
    }

    /**
     * Removes those of this machine that were made for a name.
     *
     * @return whether there was one
     */
    boolean remove(Place place, String base) throws InterruptedException {
        records.removeStrayLocks();
        boolean found = false;
        for (StackRecord stack : records.all()) {
            if (stack.isTemporary()
                    && stack.place().equals(place)
                    && stack.base().equals(base)) {
                found |= remove(stack);
            }
        }
        return found;
    }

    private boolean remove(StackRecord stack) throws InterruptedException {
        Optional<BuildLock> unowned = records.lock(stack.place(), stack.stackName());
        if (unowned.isEmpty()) {
            return false;
        }
        BuildLock lock = unowned.get();
        try (lock) {
            Optional<DeployedStack> removed = new StackTeardown(clients, progress).remove(stack.stackName());
            records.remove(stack.place(), stack.stackName());
            removed.ifPresent(gone -> progress.step("removed " + gone.name() + ", which a killed build had left"));
            return removed.isPresent();
        }
    }

    /**
     * Removes those of any machine that were made for a name and whose time is over, and names the others.
     *
     * @return whether one was removed
     */
    boolean removeExpired(Place place, String base) throws InterruptedException {
        boolean found = false;
        for (DeployedStack stack : madeFor(base)) {
            if (StackTags.isExpired(stack, Instant.now())) {
                new StackTeardown(clients, progress).remove(stack);
                records.remove(place, stack.name());
                progress.step("removed " + stack.name() + ", which had expired");
                found = true;
            } else {
                progress.step("left " + stack.name() + ", which " + StackTags.owner(stack)
                        + " made for a build that may still run; if it doesn't: mvn lshell:teardown"
                        + " -Dlshell.stackName=" + stack.name());
            }
        }
        return found;
    }

    private List<DeployedStack> madeFor(String base) {
        try {
            return new Stacks(clients.cloudFormation())
                    .ours().stream()
                            .filter(stack -> StackTags.base(stack).equals(base)
                                    && !stack.name().equals(base))
                            .toList();
        } catch (ShellException e) {
            progress.step("can't look for other builds' stacks of that name: " + e.problem());
            return List.of();
        }
    }
}
