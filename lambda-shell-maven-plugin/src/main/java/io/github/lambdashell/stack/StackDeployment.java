package io.github.lambdashell.stack;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.aws.CallerIdentity;
import io.github.lambdashell.aws.Place;
import io.github.lambdashell.config.RuntimeFamily;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.stack.code.FunctionPackage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Deploys and removes stacks with their records on disk, and clears up after builds that were killed. */
public final class StackDeployment {
    private final AwsClients clients;
    private final StackProgress progress;
    private final StackRecords records;

    public StackDeployment(AwsClients clients, StackProgress progress) {
        this.clients = clients;
        this.progress = progress;
        this.records = new StackRecords(clients.target().home());
    }

    /**
     * Deploys a stack that is meant to stay.
     *
     * @throws ShellException when it can't be done; a stack that this call made is gone again then
     */
    public Deployment deploy(StackConfig config) throws InterruptedException {
        return deploy(config, config.stackName());
    }

    Deployment deploy(StackConfig config, String base) throws InterruptedException {
        StackTemplate.requireFits(config);
        clients.requireRuntime(config.function().runtime(), config.function().architecture());
        clients.requireLayers(config.function().layers());
        try (FunctionPackage code = FunctionPackage.of(config.function().runtime(), config.code())) {
            return deploy(config, base, code);
        }
    }

    private Deployment deploy(StackConfig config, String base, FunctionPackage code) throws InterruptedException {
        Place place = announced();
        String runtime = config.function().runtime();
        if (!RuntimeFamily.isKnown(runtime)) {
            progress.step("the runtime " + runtime + " is new to this plugin, which takes it for one of Lambda's"
                    + " languages; AWS decides whether there is such a one");
        }
        progress.step(code.description());
        new Abandoned(clients, progress, records).remove(place, base);
        Instant expires = Instant.now().plus(config.expiresAfter());
        records.add(new StackRecord(config.stackName(), base, place, expires.toString()));
        try {
            Deployment deployment = new StackDeployer(clients, progress, config, base, code).deploy();
            // Not each deploy prolongs a stack.
            StackTags.expires(deployment.stack())
                    .ifPresent(
                            until -> records.add(new StackRecord(config.stackName(), base, place, until.toString())));
            return deployment;
        } catch (ShellException e) {
            forgetIfGone(place, config.stackName(), e);
            throw e;
        }
    }

    /**
     * Removes a stack, and what killed builds left of temporary ones for its name.
     *
     * @return whether there was anything to remove
     * @throws ShellException when something of it is left
     */
    public boolean remove(String stackName) throws InterruptedException {
        Place place = announced();
        Abandoned abandoned = new Abandoned(clients, progress, records);
        boolean found = abandoned.remove(place, stackName);
        found |= abandoned.removeExpired(place, stackName);
        if (removeOne(place, stackName)) {
            return true;
        }
        new StackNotes(clients.target()).elsewhere(stackName).ifPresent(progress::step);
        return found;
    }

    /** Removes this one stack and its record. */
    boolean removeOne(Place place, String stackName) throws InterruptedException {
        Optional<DeployedStack> removed = new StackTeardown(clients, progress).remove(stackName);
        removed.ifPresent(this::tellWhatItCost);
        records.remove(place, stackName);
        return removed.isPresent();
    }

    /** Where the stacks are; on AWS said once, with who asks, before anything is changed. */
    Place announced() {
        Place place = clients.place();
        if (!clients.target().isLocal()) {
            CallerIdentity identity = clients.identity();
            // An endpoint may come from a variable or a profile that nobody thinks of any more.
            progress.step("AWS account " + identity.account() + ", region " + place.region() + ", as " + identity.arn()
                    + clients.endpoint().map(uri -> ", at " + uri).orElse(""));
        }
        return place;
    }

    private void tellWhatItCost(DeployedStack stack) {
        String age = StackTags.created(stack)
                .map(created -> ", in " + Ages.words(Duration.between(created, Instant.now())))
                .orElse("");
        progress.step(
                stack.name() + ": " + StackUsage.of(clients.target(), stack).sum() + " from this machine" + age);
    }

    private void forgetIfGone(Place place, String stackName, ShellException failure) {
        try {
            if (new Stacks(clients.cloudFormation()).find(stackName).isEmpty()) {
                records.remove(place, stackName);
            }
        } catch (ShellException e) {
            // Then the record stays, and the next deploy or teardown looks.
            failure.addSuppressed(e);
        }
    }
}
