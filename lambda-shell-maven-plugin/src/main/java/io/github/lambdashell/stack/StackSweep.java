package io.github.lambdashell.stack;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.Ages;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.StackOrigin;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A search for this plugin's stacks of any owner in one target, account and region, and their deletion. */
public final class StackSweep {
    private final Target target;
    private final Path home;
    private final DeployListener listener;

    /**
     * Creates a sweep of one target.
     *
     * @param home the plugin's own directory, not null
     */
    public StackSweep(Target target, Path home, DeployListener listener) {
        this.target = target;
        this.home = home;
        this.listener = listener;
    }

    /**
     * A stack that a sweep would delete.
     *
     * @param name its name, not null
     * @param owner the user who created it, not null
     * @param age time since its creation, not null; zero if unknown
     * @param expired whether it is expired
     */
    public record Candidate(String name, String owner, Duration age, boolean expired) {
        private static Candidate of(DeployedStack stack, Instant now) {
            return new Candidate(
                    stack.name(),
                    stack.origin().owner(),
                    stack.origin()
                            .created()
                            .map(created -> Duration.between(created, now))
                            .orElse(Duration.ZERO),
                    stack.expired(now).isPresent());
        }

        /** Returns for example {@code lshell-demo, of alice, 3 h old, expired}. */
        @Override
        public String toString() {
            return name + ", of " + owner + ", " + Ages.text(age) + " old" + (expired ? ", expired" : "");
        }
    }

    /** Returns the build's user, in the form in which stacks record their owner. */
    public static String currentUser() {
        return StackOrigin.currentUser();
    }

    /**
     * Finds stacks. On AWS, the account and region are reported first.
     *
     * @param owner the user who created them; empty for all users
     * @param olderThan minimum age, not null
     */
    public List<Candidate> find(Optional<String> owner, Duration olderThan) throws InterruptedException {
        target.identity().ifPresent(listener::step);
        new OrphanedStacks(target, listener, new StackRecords(home)).remove(target.location(), "");
        Instant now = Instant.now();
        return target.list().stream()
                .map(stack -> Candidate.of(stack, now))
                .filter(stack -> owner.isEmpty() || stack.owner().equals(owner.get()))
                .filter(stack -> stack.age().compareTo(olderThan) >= 0)
                .toList();
    }

    /**
     * Deletes stacks one after the other, and continues after a failure.
     *
     * @throws ShellException if stacks remain; the message gives each stack and the reason
     */
    public void remove(List<Candidate> stacks) throws InterruptedException {
        StackLocation location = target.location();
        List<ShellException> failures = new ArrayList<>();
        for (Candidate stack : stacks) {
            try {
                remove(location, stack.name());
            } catch (ShellException e) {
                listener.step(e.problem());
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

    private void remove(StackLocation location, String name) throws InterruptedException {
        Optional<BuildLock> unused = new StackRecords(home).lock(location, name);
        if (unused.isEmpty()) {
            listener.step("Kept stack " + name + ", which a running build uses");
            return;
        }
        BuildLock lock = unused.get();
        try (lock) {
            new StackDeployment(target, home, listener).removeOne(location, name);
        }
    }
}
