package io.github.lambdashell.stack;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.stack.StackDeployer.Deployment;
import io.github.lambdashell.stack.StackRecords.StackRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deploys and removes stacks with their records on disk, and clears up after builds that were killed. */
public final class StackDeployment {
    private static final Logger LOG = LoggerFactory.getLogger(StackDeployment.class);

    private final AwsClients clients;
    private final StackProgress progress;
    private final StackRecords records;

    public StackDeployment(AwsClients clients, StackProgress progress) {
        this.clients = clients;
        this.progress = progress;
        this.records = new StackRecords(clients.target().home());
    }

    /** Deploys a stack that is meant to stay. */
    public Deployment deploy(StackConfig config) throws InterruptedException {
        return deploy(config, config.stackName());
    }

    Deployment deploy(StackConfig config, String base) throws InterruptedException {
        removeAbandoned(base);
        records.add(StackRecord.of(
                config.stackName(), base, target(), clients.target().region()));
        return new StackDeployer(clients, progress).deploy(config, FunctionPackage.create());
    }

    /**
     * Removes a stack, and what killed builds left of temporary ones for its name.
     *
     * @return whether there was anything to remove
     */
    public boolean remove(String stackName) throws InterruptedException {
        boolean abandoned = removeAbandoned(stackName);
        boolean found = new StackTeardown(clients, progress).remove(stackName);
        records.remove(target(), stackName);
        return found || abandoned;
    }

    /** For a signal's hook, where nobody is left to hear an exception. */
    void removeQuietly(String stackName) {
        try {
            remove(stackName);
        } catch (RuntimeException e) {
            LOG.error("{} was not removed: {}", stackName, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean removeAbandoned(String base) throws InterruptedException {
        boolean found = false;
        for (StackRecord stack : records.abandoned(target(), base)) {
            if (new StackTeardown(clients, progress).remove(stack.stackName())) {
                progress.step("removed " + stack.stackName() + ", which a killed build had left");
                found = true;
            }
            records.remove(target(), stack.stackName());
        }
        return found;
    }

    private String target() {
        return clients.target().name();
    }
}
