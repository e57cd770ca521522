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

/** Brings one stack to what a configuration says, from whatever state it is in. Used for one deploy. */
final class StackDeployer {
    /** How often to wait for somebody else's operation on the same stack before giving up. */
    private static final int ATTEMPTS = 10;

    private static final String NO_UPDATE = "No updates are to be performed";

    private final AwsClients clients;
    private final DeployListener listener;
    private final StackConfig config;
    private final String base;
    private final FunctionPackage code;
    private final CodeUpload codeStore;
    /** The ARN of the stack that this deploy made; null as long as it found one. */
    private String made;

    /** The tags of a stack that was asked for and may have been made all the same; null as long as there is none. */
    private List<Tag> asked;

    private boolean roleRetried;

    /**
     * @param base the name that was configured; another one than the stack's when the stack is a temporary one
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
     * Deploys; returns when the function answers.
     *
     * @throws ShellException when it can't be done; a stack that this call made is gone again then
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

    /** The stack in a state that can be updated, or empty; what stands in the way is waited for or removed. */
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
            listener.step(name + " is " + found.get().status() + ", waiting for its end");
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

    /** Makes the stack; empty where the code has still to come, for it goes into the stack's own bucket. */
    private Optional<Deployment> create() throws InterruptedException {
        boolean whole = StackTemplate.isInline(config) || config.codeBucket() != null && !roleRetried;
        if (config.codeBucket() != null && whole) {
            codeStore.upload(config, code);
        }
        String token = StackOperation.newToken();
        asked = StackTags.of(config, StackOrigin.of(base, config.expiresAfter(), Instant.now()));
        made = clients.cloudFormation()
                .createStack(request -> request.stackName(config.stackName())
                        .templateBody(StackTemplate.text(config))
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

    /** Updates the stack; empty where it has to be tried again, or only its bucket is there now. */
    private Optional<Deployment> update(CloudFormationStack stack) throws InterruptedException {
        codeStore.requireSameBucket(config, stack);
        boolean ownsBucket = !StackTemplate.isInline(config) && config.codeBucket() == null;
        // So it is when the code was in the template until now.
        boolean bucketIsMissing = ownsBucket && stack.bucket().isEmpty();
        if (!StackTemplate.isInline(config) && !bucketIsMissing) {
            codeStore.upload(config, code, stack);
        }
        if (!ownsBucket && stack.bucket().isPresent()) {
            // The update drops the stack's own bucket, which CloudFormation can't while it holds anything.
            new BucketContents(clients.s3(), listener).remove(stack.bucket().get(), "");
        }
        String codeKey = bucketIsMissing ? "" : CodeUpload.key(config, code);
        String token = StackOperation.newToken();
        try {
            clients.cloudFormation().updateStack(request -> request.stackName(stack.id())
                    .templateBody(StackTemplate.text(config))
                    .parameters(StackTemplate.parameters(config, code, codeKey))
                    .capabilities(Capability.CAPABILITY_IAM)
                    .tags(StackTags.of(config, StackTags.origin(stack).extended(config.expiresAfter(), Instant.now())))
                    .clientRequestToken(token));
        } catch (CloudFormationException e) {
            if (Stacks.isValidationError(e, NO_UPDATE)) {
                requireOutput(stack, FUNCTION_NAME);
                return Optional.of(new Deployment(stack.deployed(), false));
            }
            throw e;
        }
        Optional<CloudFormationStack> updated = finished(StackOperation.of(clients, listener, stack.id(), token));
        updated.ifPresent(found -> requireOutput(found, bucketIsMissing ? BUCKET : FUNCTION_NAME));
        return bucketIsMissing ? Optional.empty() : updated.map(StackDeployer::deployment);
    }

    /** The stack after an operation; empty when it has to be done once more. */
    private Optional<CloudFormationStack> finished(StackOperation operation) throws InterruptedException {
        Optional<CloudFormationStack> stack = operation.await();
        if (stack.filter(CloudFormationStack::isComplete).isPresent()) {
            return stack;
        }
        List<FailureReason> reasons =
                operation.failures().stream().map(FailureReason::of).toList();
        if (!roleRetried && config.role() == null && reasons.stream().anyMatch(FailureReason::isNewRole)) {
            roleRetried = true;
            listener.step("the new role is not known to Lambda yet, trying again");
            return Optional.empty();
        }
        throw failure(stack, reasons);
    }

    private static Deployment deployment(CloudFormationStack stack) {
        return new Deployment(stack.deployed(), true);
    }

    /** All that follows goes by the outputs; AWS tells those of a complete stack. */
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

    /** A half-made stack serves nobody. One that another build has finished meanwhile is left to it. */
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

    /** Where the answer to the request was none, or an emulator's refusal in the middle of the making, the tags tell. */
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
