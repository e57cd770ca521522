package io.github.lambdashell.stack;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The stack that a goal works with: the deployed one, or, where there is none, a temporary one that is removed when the
 * lease is closed, by a signal too. Temporary stacks have a random suffix, so that two builds never share one.
 */
public final class StackLease implements AutoCloseable {
    private static final int SUFFIX_CHARS = 6;

    private final AwsClients clients;
    private final StackRecords records;
    private final StackProgress progress;
    private final DeployedStack stack;
    private final Thread signalHook;
    private boolean closed;

    private StackLease(
            AwsClients clients, StackRecords records, StackProgress progress, DeployedStack stack, Thread signalHook) {
        this.clients = clients;
        this.records = records;
        this.progress = progress;
        this.stack = stack;
        this.signalHook = signalHook;
    }

    /**
     * Finds the stack or makes one.
     *
     * @param keep whether a stack that had to be made stays, and so gets the plain name
     */
    public static StackLease take(AwsClients clients, StackConfig config, boolean keep, StackProgress progress)
            throws InterruptedException {
        StackRecords records = new StackRecords(clients.target().home());
        Optional<DeployedStack> deployed = new Stacks(clients.cloudFormation()).find(config.stackName());
        if (deployed.isPresent()) {
            StackTags.requireOurs(deployed.get());
            if (!deployed.get().isUsable()) {
                throw new ShellException(
                        "The stack " + config.stackName() + " is "
                                + deployed.get().status() + " and can't be used",
                        "Run lshell:deploy, which mends it, or lshell:teardown, which removes it");
            }
            return new StackLease(clients, records, progress, deployed.get(), null);
        }
        StackDeployment deployment = new StackDeployment(clients, progress);
        if (keep) {
            return new StackLease(
                    clients, records, progress, deployment.deploy(config).stack(), null);
        }
        return makeTemporary(clients, config, progress, records, deployment);
    }

    private static StackLease makeTemporary(
            AwsClients clients,
            StackConfig config,
            StackProgress progress,
            StackRecords records,
            StackDeployment deployment)
            throws InterruptedException {
        StackConfig temporary = config.withStackName(config.stackName() + "-" + suffix());
        Thread hook = new Thread(() -> deployment.removeQuietly(temporary.stackName()), "lshell-teardown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            progress.step("no stack " + config.stackName() + " on "
                    + clients.target().name() + ", making " + temporary.stackName() + " for this build");
            DeployedStack stack =
                    deployment.deploy(temporary, config.stackName()).stack();
            return new StackLease(clients, records, progress, stack, hook);
        } catch (RuntimeException | InterruptedException e) {
            removeHook(hook);
            throw e;
        }
    }

    /** The stack to work with. */
    public DeployedStack stack() {
        return stack;
    }

    /**
     * Removes the stack if it is a temporary one.
     *
     * @throws ShellException when something of it is left
     */
    @Override
    public void close() {
        if (signalHook == null || closed || !removeHook(signalHook)) {
            return;
        }
        closed = true;
        try {
            new StackTeardown(clients, progress).remove(stack);
            records.remove(clients.target().name(), stack.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the hook off again; false when it runs already, and so removes the stack itself. */
    private static boolean removeHook(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return false;
        }
    }

    private static String suffix() {
        String letters = "abcdefghijklmnopqrstuvwxyz0123456789";
        return ThreadLocalRandom.current()
                .ints(SUFFIX_CHARS, 0, letters.length())
                .mapToObj(letters::charAt)
                .map(String::valueOf)
                .reduce("", String::concat);
    }
}
