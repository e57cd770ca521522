package io.github.lambdashell.stack;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.Ages;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Deployment;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.StackOrigin;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.code.FunctionPackage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The deployment and deletion of stacks, together with their records on disk and the orphaned stacks of killed builds.
 */
public final class StackDeployment {
    private final Target target;
    private final Path home;
    private final DeployListener listener;
    private final StackRecords records;

    /**
     * Creates an instance for one target.
     *
     * @param home the plugin's own directory, not null
     */
    public StackDeployment(Target target, Path home, DeployListener listener) {
        this.target = target;
        this.home = home;
        this.listener = listener;
        this.records = new StackRecords(home);
    }

    /**
     * Deploys a permanent stack.
     *
     * @throws ShellException if it can't be deployed; a stack that this call created is then deleted
     */
    public Deployment deploy(StackConfig config) throws InterruptedException {
        return deploy(config, config.stackName());
    }

    Deployment deploy(StackConfig config, String base) throws InterruptedException {
        try (FunctionPackage code = target.prepare(config)) {
            return deploy(config, code, base);
        }
    }

    private Deployment deploy(StackConfig config, FunctionPackage code, String base) throws InterruptedException {
        target.identity().ifPresent(listener::step);
        StackLocation location = target.location();
        listener.step("Deploying stack " + config.stackName() + " (" + location.target() + ")");
        listener.step(code.description());
        code.warnings().forEach(listener::warning);
        new OrphanedStacks(target, listener, records).remove(location, base);
        Instant expires = Instant.now().plus(config.expiresAfter());
        records.add(new StackRecord(config.stackName(), base, location, expires.toString()));
        try {
            Deployment deployment = target.deploy(config, code, base, listener);
            // The expiry is the stack's own, because an update does not always extend it.
            deployment
                    .stack()
                    .origin()
                    .expires()
                    .ifPresent(until ->
                            records.add(new StackRecord(config.stackName(), base, location, until.toString())));
            return deployment;
        } catch (ShellException e) {
            removeRecordIfGone(location, config.stackName(), e);
            throw e;
        }
    }

    /**
     * Deletes a stack, and the temporary ones that killed builds left for its name.
     *
     * @return whether there was anything to delete
     * @throws ShellException if some of its resources remain
     */
    public boolean remove(String stackName) throws InterruptedException {
        target.identity().ifPresent(listener::step);
        StackLocation location = target.location();
        OrphanedStacks orphans = new OrphanedStacks(target, listener, records);
        boolean found = orphans.remove(location, stackName);
        found |= orphans.removeExpired(location, stackName);
        if (removeOne(location, stackName)) {
            return true;
        }
        new StackNotes(home, location.target(), location.region())
                .elsewhere(stackName)
                .ifPresent(listener::step);
        return found;
    }

    /** Deletes one stack and its record. */
    boolean removeOne(StackLocation location, String stackName) throws InterruptedException {
        boolean removed = removeIfThere(location, stackName);
        records.remove(location, stackName);
        return removed;
    }

    /** Deletes one stack and its record; the record of a stack that is not there, or not yet, remains. */
    boolean removeIfThere(StackLocation location, String stackName) throws InterruptedException {
        Optional<StackOrigin> removed = target.delete(stackName, listener);
        removed.ifPresent(origin -> {
            reportRemoval(location, stackName, origin);
            records.remove(location, stackName);
        });
        return removed.isPresent();
    }

    private void reportRemoval(StackLocation location, String stackName, StackOrigin origin) {
        String age = origin.created()
                .map(created -> " after " + Ages.text(Duration.between(created, Instant.now())))
                .orElse("");
        listener.step("Removed stack " + stackName + " (" + location.target() + ")" + age + ": "
                + StackUsage.sum(home, location, stackName));
    }

    private void removeRecordIfGone(StackLocation location, String stackName, ShellException failure) {
        try {
            if (!target.exists(stackName)) {
                records.remove(location, stackName);
            }
        } catch (ShellException e) {
            // The record stays, so that the next deploy or teardown looks for the stack.
            failure.addSuppressed(e);
        }
    }
}
