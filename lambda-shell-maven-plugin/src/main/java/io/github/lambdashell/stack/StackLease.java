package io.github.lambdashell.stack;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.stack.code.FunctionPackage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The stack that a goal works with: the deployed one, or, where there is none, a temporary one that is removed when the
 * lease is closed, by a signal too.
 */
public final class StackLease implements AutoCloseable {
    private final DeployedStack stack;
    private final Optional<TemporaryStack> temporary;

    private StackLease(DeployedStack stack, Optional<TemporaryStack> temporary) {
        this.stack = stack;
        this.temporary = temporary;
    }

    /**
     * Finds the stack or makes one.
     *
     * @param said what the build says of the function itself; where a deployed one is otherwise there is a warning
     * @param keep whether a stack that had to be made stays, and so gets the plain name
     * @throws ShellException when there is none that answers
     */
    public static StackLease take(
            AwsClients clients, StackConfig config, FunctionSettings said, boolean keep, StackProgress progress)
            throws InterruptedException {
        Optional<DeployedStack> deployed = deployed(clients, config.stackName(), progress);
        if (deployed.isPresent()) {
            StackTags.expiry(deployed.get(), Instant.now())
                    .ifPresent(expired ->
                            progress.warning(expired + "; lshell:deploy prolongs it, lshell:teardown removes it"));
            tellOfDifferences(deployed.get(), config, progress);
            warnOfDifferences(deployed.get(), config, said, progress);
            return new StackLease(deployed.get(), Optional.empty());
        }
        new StackNotes(clients.target()).elsewhere(config.stackName()).ifPresent(progress::step);
        String where = clients.target().name();
        if (keep) {
            progress.step("no stack " + config.stackName() + " on " + where + ", making it");
            DeployedStack made =
                    new StackDeployment(clients, progress).deploy(config).stack();
            return new StackLease(made, Optional.empty());
        }
        TemporaryStack temporary = new TemporaryStack(clients, config, progress);
        progress.step(
                "no stack " + config.stackName() + " on " + where + ", making " + temporary.name() + " for this build");
        return new StackLease(temporary.deploy(), Optional.of(temporary));
    }

    private static Optional<DeployedStack> deployed(AwsClients clients, String name, StackProgress progress)
            throws InterruptedException {
        Optional<DeployedStack> found = new Stacks(clients.cloudFormation()).find(name);
        if (found.isEmpty() || found.get().isUnderReview()) {
            return Optional.empty();
        }
        StackTags.requireOurs(found.get());
        if (found.get().isInProgress()) {
            progress.step(name + " is " + found.get().status() + ", waiting for its end");
            found = StackOperation.underWay(clients, progress, found.get().id()).await();
        }
        found.filter(stack -> !stack.isUsable()).ifPresent(stack -> {
            throw new ShellException(
                    "The stack " + name + " is " + stack.status() + " and can't be used",
                    "Run lshell:deploy, which mends it, or lshell:teardown, which removes it");
        });
        return found;
    }

    /** What is deployed is used as it is, also where this build would deploy something else. */
    private static void tellOfDifferences(DeployedStack stack, StackConfig config, StackProgress progress) {
        String asked = config.function().runtime();
        String deployed = stack.parameters().getOrDefault("Runtime", asked);
        if (!deployed.equals(asked)) {
            progress.step(stack.name() + " is deployed with the runtime " + deployed + ", here it is " + asked
                    + "; lshell:deploy changes it");
        } else if (config.code() != null) {
            try (FunctionPackage code = FunctionPackage.of(asked, config.code())) {
                if (!CodeStore.key(config, code).equals(stack.parameters().get("CodeKey"))) {
                    progress.step(stack.name() + " is deployed with other code than "
                            + config.code().archive() + "; lshell:deploy changes it");
                }
            }
        }
    }

    private static void warnOfDifferences(
            DeployedStack stack, StackConfig config, FunctionSettings said, StackProgress progress) {
        List<String> differences = FunctionDifferences.between(said, config, stack);
        if (!differences.isEmpty()) {
            progress.warning(stack.name() + " is used as it is deployed: " + String.join("; ", differences)
                    + "; lshell:deploy changes it");
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
        temporary.ifPresent(TemporaryStack::close);
    }
}
