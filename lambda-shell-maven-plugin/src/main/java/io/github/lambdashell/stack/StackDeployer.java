package io.github.lambdashell.stack;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.aws.AwsFailure;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** Brings a stack to what a configuration says, from whatever state it is in. */
public final class StackDeployer {
    /** From these CloudFormation allows nothing but a delete. */
    private static final Set<String> ONLY_DELETABLE =
            Set.of("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED", "UPDATE_ROLLBACK_FAILED");

    private static final String NO_UPDATE = "No updates are to be performed";

    private final AwsClients clients;
    private final StackProgress progress;

    public StackDeployer(AwsClients clients, StackProgress progress) {
        this.clients = clients;
        this.progress = progress;
    }

    /**
     * What a deploy came to.
     *
     * @param stack as it stands now, not null
     * @param changed false when all of it was there already
     */
    public record Deployment(DeployedStack stack, boolean changed) {}

    /**
     * Deploys; returns when the function answers.
     *
     * @throws ShellException when it can't be done; a stack that this call created is gone again then
     */
    public Deployment deploy(StackConfig config, FunctionPackage code) throws InterruptedException {
        try {
            Optional<DeployedStack> existing = usableStack(config.stackName());
            if (existing.isEmpty()) {
                return new Deployment(create(config, code), true);
            }
            return update(config, code, existing.get());
        } catch (SdkException e) {
            throw AwsFailure.of(e, "deploy the stack " + config.stackName());
        }
    }

    /** The stack in a state that can be updated, or empty; what stands in the way is waited for or removed. */
    private Optional<DeployedStack> usableStack(String name) throws InterruptedException {
        Optional<DeployedStack> found = new Stacks(clients.cloudFormation()).find(name);
        if (found.isPresent()) {
            StackTags.requireOurs(found.get());
        }
        if (found.filter(stack -> stack.status().endsWith("_IN_PROGRESS")).isPresent()) {
            progress.step(name + " is " + found.get().status() + ", waiting for its end");
            DeployedStack settled = operation(found.get().id(), null).await();
            found = settled.status().equals("DELETE_COMPLETE") ? Optional.empty() : Optional.of(settled);
        }
        if (found.filter(stack -> ONLY_DELETABLE.contains(stack.status())).isPresent()) {
            progress.step(name + " is " + found.get().status() + " and can only be deleted, so it is made anew");
            new StackTeardown(clients, progress).remove(found.get());
            return Optional.empty();
        }
        return found;
    }

    private DeployedStack create(StackConfig config, FunctionPackage code) throws InterruptedException {
        boolean ownBucket = config.codeBucket() == null;
        if (!ownBucket) {
            upload(config.codeBucket(), code);
        }
        String token = token();
        String id = clients.cloudFormation()
                .createStack(request -> request.stackName(config.stackName())
                        .templateBody(StackTemplate.text(config))
                        .parameters(StackTemplate.parameters(config, ownBucket ? "" : code.key()))
                        .capabilities(Capability.CAPABILITY_IAM)
                        .tags(StackTags.forNew(config))
                        .clientRequestToken(token))
                .stackId();
        try {
            DeployedStack created = finished(operation(id, token));
            return ownBucket ? update(config, code, created).stack() : created;
        } catch (ShellException | SdkException e) {
            progress.step("removing what was made of " + config.stackName());
            new Stacks(clients.cloudFormation()).find(id).ifPresent(stack -> new StackTeardown(clients, progress)
                    .removeAfter(stack, e));
            throw e;
        }
    }

    private Deployment update(StackConfig config, FunctionPackage code, DeployedStack stack)
            throws InterruptedException {
        String bucket = config.codeBucket() != null
                ? config.codeBucket()
                : stack.bucket()
                        .orElseThrow(() -> new ShellException(
                                "The stack " + stack.name() + " has no bucket of its own, but codeBucket is not set",
                                "Set codeBucket as it was when the stack was made, or remove the stack first with"
                                        + " lshell:teardown"));
        if (!code.key().equals(stack.parameters().get("CodeKey"))) {
            upload(bucket, code);
        }
        String token = token();
        try {
            clients.cloudFormation().updateStack(request -> request.stackName(stack.id())
                    .templateBody(StackTemplate.text(config))
                    .parameters(StackTemplate.parameters(config, code.key()))
                    .capabilities(Capability.CAPABILITY_IAM)
                    .tags(StackTags.forUpdate(config, stack))
                    .clientRequestToken(token));
        } catch (CloudFormationException e) {
            if (e.awsErrorDetails() != null
                    && e.awsErrorDetails().errorMessage().contains(NO_UPDATE)) {
                return new Deployment(stack, false);
            }
            throw e;
        }
        return new Deployment(finished(operation(stack.id(), token)), true);
    }

    private DeployedStack finished(StackOperation operation) throws InterruptedException {
        DeployedStack stack = operation.await();
        if (!stack.isComplete()) {
            throw new ShellException(
                    "The stack " + stack.name() + " became " + stack.status()
                            + operation
                                    .firstFailure()
                                    .map(cause -> " because of " + cause)
                                    .orElse(""),
                    "Mend the cause and run the goal again; lshell:teardown removes what is left");
        }
        return stack;
    }

    private void upload(String bucket, FunctionPackage code) {
        clients.s3().putObject(request -> request.bucket(bucket).key(code.key()), RequestBody.fromBytes(code.zip()));
        progress.step("uploaded the function's code, " + code.zip().length / 1024 + " KB");
    }

    private StackOperation operation(String stackId, String token) {
        return new StackOperation(clients.cloudFormation(), clients.pollInterval(), progress, stackId, token);
    }

    private static String token() {
        return "lshell-" + UUID.randomUUID();
    }
}
