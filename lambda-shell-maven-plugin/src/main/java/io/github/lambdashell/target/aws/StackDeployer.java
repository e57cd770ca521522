package io.github.lambdashell.target.aws;

import static io.github.lambdashell.target.aws.CloudFormationStack.BUCKET;
import static io.github.lambdashell.target.aws.CloudFormationStack.FUNCTION_NAME;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Deployment;
import io.github.lambdashell.target.StackOrigin;
import io.github.lambdashell.target.code.FunctionPackage;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** A deploy of one stack, which creates or updates it from any state. */
final class StackDeployer {
    /** Maximum number of attempts while another build changes the same stack. */
    private static final int ATTEMPTS = 10;

    private static final String NO_UPDATE = "No updates are to be performed";

    private final AwsClients clients;
    private final DeployListener listener;
    private final StackConfig config;
    private final String base;
    private final FunctionPackage code;
    private final CodeUpload codeStore;
    /** ARN of the stack that this deploy created; null if it created none. */
    private String made;

    /** Tags of a stack whose creation was requested and may have succeeded without a response; null if there is none. */
    private List<Tag> asked;

    private boolean roleRetried;

    /**
     * Creates a deploy.
     *
     * @param base the configured name, which differs from the stack's name if the stack is temporary, not null
     */
    StackDeployer(AwsClients clients, DeployListener listener, StackConfig config, String base, FunctionPackage code) {
        this.clients = clients;
        this.listener = listener;
        this.config = config;
        this.base = base;
        this.code = code;
        this.codeStore = new CodeUpload(clients, listener);
    }

    /**
     * Deploys the stack.
     *
     * @throws ShellException if it can't be deployed; a stack that this call created is then deleted
     */
    Deployment deploy() throws InterruptedException {
        try {
            return deployed();
        } catch (ShellException | SdkException e) {
            ShellException failure = AwsFailure.of(e, "deploy the stack " + config.stackName());
            removeWhatWasMade(failure);
            throw failure;
        }
    }

    private Deployment deployed() throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                Optional<CloudFormationStack> stack = settled();
                if (attempt == 1) {
                    stack.flatMap(found -> found.deployed().expired(Instant.now()))
                            .ifPresent(expired -> listener.warning(expired + "; this deploy extends it"));
                }
                Optional<Deployment> done = stack.isPresent() ? update(stack.get()) : create();
                if (done.isPresent()) {
                    if (config.selfDestruct()) {
                        // CloudFormation alone can't delete a bucket that is not empty.
                        codeStore.remove(config, code, done.get().stack());
                    }
                    return done.get();
                }
            } catch (CloudFormationException e) {
                if (attempt == ATTEMPTS || !isTakenByAnother(e)) {
                    throw e;
                }
                asked = null;
                listener.step("another build is changing " + config.stackName() + ", waiting for it");
                Thread.sleep(clients.pollInterval().toMillis());
            }
        }
    }

    /** Waits for operations, deletes an unusable stack, and returns the stack if there is one that can be updated. */
    private Optional<CloudFormationStack> settled() throws InterruptedException {
        String name = config.stackName();
        Optional<CloudFormationStack> found = new Stacks(clients.cloudFormation()).find(name);
        if (found.isPresent() && found.get().isUnderReview()) {
            listener.step(name
                    + " is REVIEW_IN_PROGRESS: a change set that was never executed, without a stack; it is deleted");
            delete(found.get());
            return Optional.empty();
        }
        found.ifPresent(StackTags::requireOurs);
        if (found.isPresent() && found.get().isInProgress()) {
            listener.step(name + " is " + found.get().status() + ", waiting for it to end");
            found = StackOperation.underWay(clients, listener, found.get().id()).await();
        }
        if (found.isPresent() && found.get().isOnlyDeletable()) {
            listener.step(name + " is " + found.get().status() + " and can only be deleted, so it is created again");
            delete(found.get());
            return Optional.empty();
        }
        return found;
    }

    private void delete(CloudFormationStack stack) throws InterruptedException {
        new StackTeardown(clients, listener).remove(stack);
    }

    /** Creates the stack; returns empty if its code must still be uploaded to the stack's own bucket. */
    private Optional<Deployment> create() throws InterruptedException {
        boolean whole = StackTemplate.isInline(config) || config.codeBucket() != null && !roleRetried;
        if (config.codeBucket() != null && whole) {
            codeStore.upload(config, code);
        }
        String token = StackOperation.newToken();
        StackOrigin origin = StackOrigin.of(base, config.expiresAfter(), Instant.now());
        asked = StackTags.of(config, origin);
        made = clients.cloudFormation()
                .createStack(request -> request.stackName(config.stackName())
                        .templateBody(template(origin))
                        .parameters(StackTemplate.parameters(config, code, whole ? CodeUpload.key(config, code) : ""))
                        .capabilities(Capability.CAPABILITY_IAM)
                        .tags(asked)
                        .clientRequestToken(token))
                .stackId();
        Optional<CloudFormationStack> created = finished(StackOperation.of(clients, listener, made, token));
        if (whole || config.codeBucket() == null) {
            created.ifPresent(stack -> requireOutput(stack, whole ? FUNCTION_NAME : BUCKET));
        }
        return whole ? created.map(StackDeployer::deployment) : Optional.empty();
    }

    /** Updates the stack; returns empty if it must be updated again, or if only its bucket exists now. */
    private Optional<Deployment> update(CloudFormationStack stack) throws InterruptedException {
        codeStore.requireSameBucket(config, stack);
        boolean ownsBucket = !StackTemplate.isInline(config) && config.codeBucket() == null;
        // The code was in the template until now.
        boolean bucketIsMissing = ownsBucket && stack.bucket().isEmpty();
        if (!StackTemplate.isInline(config) && !bucketIsMissing) {
            codeStore.upload(config, code, stack);
        }
        if (!ownsBucket && stack.bucket().isPresent()) {
            // The update removes the stack's own bucket, which CloudFormation can do only if it is empty.
            new BucketContents(clients.s3(), listener).remove(stack.bucket().get(), "");
        }
        String codeKey = bucketIsMissing ? "" : CodeUpload.key(config, code);
        String token = StackOperation.newToken();
        StackOrigin origin = StackTags.origin(stack).extended(config.expiresAfter(), Instant.now());
        try {
            clients.cloudFormation().updateStack(request -> request.stackName(stack.id())
                    .templateBody(template(origin))
                    .parameters(StackTemplate.parameters(config, code, codeKey))
                    .capabilities(Capability.CAPABILITY_IAM)
                    .tags(StackTags.of(config, origin))
                    .clientRequestToken(token));
        } catch (CloudFormationException e) {
            if (Stacks.isValidationError(e, NO_UPDATE)) {
                return upToDate(stack);
            }
            throw e;
        }
        Optional<CloudFormationStack> updated = finished(StackOperation.of(clients, listener, stack.id(), token));
        updated.ifPresent(found -> requireOutput(found, bucketIsMissing ? BUCKET : FUNCTION_NAME));
        return bucketIsMissing ? Optional.empty() : updated.map(StackDeployer::deployment);
    }

    private String template(StackOrigin origin) {
        return SelfDestruct.addedTo(
                StackTemplate.text(config), config, origin.expires().orElseThrow());
    }

    /** Returns the stack without changes; empty if it is gone. Another build can have updated it since it was described. */
    private Optional<Deployment> upToDate(CloudFormationStack described) {
        Optional<CloudFormationStack> stack = Optional.of(described);
        if (!described.outputs().containsKey(FUNCTION_NAME)) {
            stack = new Stacks(clients.cloudFormation()).find(described.id()).filter(found -> !found.isDeleted());
            stack.ifPresent(found -> requireOutput(found, FUNCTION_NAME));
        }
        return stack.map(found -> new Deployment(found.deployed(), false));
    }

    /** Returns the stack after an operation; empty if the operation must be repeated. */
    private Optional<CloudFormationStack> finished(StackOperation operation) throws InterruptedException {
        Optional<CloudFormationStack> stack = operation.await();
        if (stack.filter(CloudFormationStack::isComplete).isPresent()) {
            return stack;
        }
        List<FailureReason> reasons =
                operation.failures().stream().map(FailureReason::of).toList();
        if (!roleRetried && config.role() == null && reasons.stream().anyMatch(FailureReason::isNewRole)) {
            roleRetried = true;
            listener.step("the new role is not known to Lambda yet, retrying");
            return Optional.empty();
        }
        throw failure(stack, reasons);
    }

    private static Deployment deployment(CloudFormationStack stack) {
        return new Deployment(stack.deployed(), true);
    }

    /** Requires an output, which AWS returns for every complete stack. */
    private void requireOutput(CloudFormationStack stack, String output) {
        if (!stack.outputs().containsKey(output)) {
            throw new ShellException(
                    clients.endpoint().map(URI::toString).orElse("AWS") + " reports that the stack " + stack.name()
                            + " is " + stack.status() + ", but returns no output " + output
                            + ", which the plugin's template declares",
                    "An emulator of AWS must return a stack's outputs: use a newer version of it, or another endpoint"
                            + " with -Dlshell.endpoint");
        }
    }

    private ShellException failure(Optional<CloudFormationStack> stack, List<FailureReason> reasons) {
        String end = "the stack " + config.stackName()
                + stack.map(left -> " became " + left.status()).orElse(" was deleted by somebody else");
        if (reasons.isEmpty()) {
            return new ShellException(
                    "Nothing was deployed: " + end,
                    "See the stack's events in the AWS console, correct the cause and run the goal again");
        }
        StringBuilder problem = new StringBuilder(reasons.get(0).problem());
        for (FailureReason next : reasons.subList(1, reasons.size())) {
            problem.append("; then ").append(next.problem());
        }
        return new ShellException(problem + "; so " + end, reasons.get(0).remedy());
    }

    /** Removes an incomplete stack, but not one that another build has completed meanwhile. */
    private void removeWhatWasMade(ShellException failure) {
        if (made == null && asked == null || Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            Optional<CloudFormationStack> left = whatWasMade();
            if (left.isPresent() && !left.get().isDeleted() && !left.get().isUsable()) {
                listener.step("removing what was created of " + config.stackName());
                delete(left.get());
            }
        } catch (ShellException e) {
            failure.addSuppressed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Finds the created stack, by its tags if the request for its creation had no response or an emulator refused it late. */
    private Optional<CloudFormationStack> whatWasMade() {
        Stacks stacks = new Stacks(clients.cloudFormation());
        return made != null
                ? stacks.find(made)
                : stacks.find(config.stackName()).filter(stack -> StackTags.equal(asked, stack));
    }

    private static boolean isTakenByAnother(CloudFormationException e) {
        return e.awsErrorDetails() != null
                        && "AlreadyExistsException".equals(e.awsErrorDetails().errorCode())
                || Stacks.isValidationError(e, "_IN_PROGRESS state")
                || Stacks.isValidationError(e, "does not exist");
    }
}
