package io.github.lambdashell.stack;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.aws.Place;
import io.github.lambdashell.config.ShellException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds and removes this plugin's stacks of one account and region, whoever made them. */
public final class StackSweep {
    private final AwsClients clients;
    private final StackProgress progress;
    private final StackDeployment deployment;

    public StackSweep(AwsClients clients, StackProgress progress) {
        this.clients = clients;
        this.progress = progress;
        this.deployment = new StackDeployment(clients, progress);
    }

    /**
     * One stack that a sweep would remove.
     *
     * @param name its name, not null
     * @param owner who made it, not null
     * @param age since when; zero where nothing tells
     * @param expired whether its time is over
     */
    public record Candidate(String name, String owner, Duration age, boolean expired) {
        private static Candidate of(DeployedStack stack, Instant now) {
            return new Candidate(
                    stack.name(),
                    StackTags.owner(stack),
                    StackTags.created(stack)
                            .map(created -> Duration.between(created, now))
                            .orElse(Duration.ZERO),
                    StackTags.isExpired(stack, now));
        }

        /** For example {@code lshell-demo, of alice, 3 h old, expired}. */
        @Override
        public String toString() {
            return name + ", of " + owner + ", " + Ages.words(age) + " old" + (expired ? ", expired" : "");
        }
    }

    /** The build's user, as stacks name their owner. */
    public static String currentUser() {
        return StackTags.owner();
    }

    /**
     * Looks for stacks. Says on AWS which account and region that is.
     *
     * @param owner who made them; empty for everybody
     * @param olderThan how old they are at least, not null
     */
    public List<Candidate> find(Optional<String> owner, Duration olderThan) {
        deployment.announced();
        Instant now = Instant.now();
        return new Stacks(clients.cloudFormation())
                .ours().stream()
                        .map(stack -> Candidate.of(stack, now))
                        .filter(stack -> owner.isEmpty() || stack.owner().equals(owner.get()))
                        .filter(stack -> stack.age().compareTo(olderThan) >= 0)
                        .toList();
    }

    /**
     * Removes them one after the other; one that can't be removed doesn't keep the others.
     *
     * @throws ShellException that says of each that is left why
     */
    public void remove(List<Candidate> stacks) throws InterruptedException {
        Place place = clients.place();
        List<ShellException> failures = new ArrayList<>();
        for (Candidate stack : stacks) {
            try {
                remove(place, stack.name());
            } catch (ShellException e) {
                progress.step(e.problem());
                failures.add(e);
            }
        }
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        if (!failures.isEmpty()) {
            ShellException all = new ShellException(
                    failures.size() + " of " + stacks.size() + " stacks are left: "
                            + String.join(
                                    "; ",
                                    failures.stream()
                                            .map(ShellException::problem)
                                            .toList()),
                    failures.get(0).remedy());
            failures.forEach(all::addSuppressed);
            throw all;
        }
    }

    private void remove(Place place, String name) throws InterruptedException {
        Optional<BuildLock> unused = new StackRecords(clients.target().home()).lock(place, name);
        if (unused.isEmpty()) {
            progress.step("left " + name + ", which a running build uses");
            return;
        }
        BuildLock lock = unused.get();
        try (lock) {
            deployment.removeOne(place, name);
            progress.step("removed " + name);
        }
    }
}
