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
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.State;

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

    /** Time before this deploy, with a tolerance for different clocks. */
    private final Instant start = Instant.now().minusSeconds(2);

    /** Whether this endpoint does not wait for the code during the creation of a stack. */
    private boolean hasTwoSteps;

    /** Whether a complete stack can't be used, because the endpoint does not return its outputs. */
    private boolean lacksOutput;

    private boolean roleRetried;
    private boolean createdAgain;

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
            ShellException failure =
                    refusedByValidation(e).orElseGet(() -> AwsFailure.of(e, "deploy the stack " + config.stackName()));
            removeWhatWasMade(failure);
            throw failure;
        }
    }

    /** Returns the causes for which CloudFormation refused a request after its validation; empty if it did not. */
    private Optional<ShellException> refusedByValidation(RuntimeException failure) {
        return Optional.of(failure)
                .filter(CloudFormationException.class::isInstance)
                .map(refusal -> ((CloudFormationException) refusal).awsErrorDetails())
                .map(details -> String.valueOf(details.errorMessage()))
                .filter(OperationCauses::isReference)
                .map(message -> failure(
                        new OperationCauses(clients).read(config.stackName(), null, start, message),
                        "the stack " + config.stackName() + " was not changed"));
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
            CodeDelivery delivery = new CodeDelivery(
                    clients, codeStore, config, code, found.get().id());
            boolean isOurs = found.get().isBeingCreated()
                    && CodeUpload.key(config, code)
                            .equals(found.get().parameters().get("CodeKey"));
            // The build that creates it may have been killed before it delivered the code.
            found = StackOperation.underWay(clients, listener, found.get().id())
                    .await(isOurs ? delivery::perform : () -> {});
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

    /** Creates the stack; returns empty if it must be created again, or if its code must still be uploaded. */
    private Optional<Deployment> create() throws InterruptedException {
        boolean whole = StackTemplate.isInline(config) || config.codeBucket() != null && !roleRetried;
        if (config.codeBucket() != null && whole) {
            codeStore.upload(config, code);
        }
        // A new role is better known after a second step.
        boolean isDelivered = !whole && config.codeBucket() == null && !hasTwoSteps && !roleRetried;
        String codeKey = whole || isDelivered ? CodeUpload.key(config, code) : "";
        String token = StackOperation.newToken();
        StackOrigin origin = StackOrigin.of(base, config.expiresAfter(), Instant.now());
        asked = StackTags.of(config, origin);
        boolean isTemporary = !base.equals(config.stackName());
        // The schedule deletes the stack in standard mode, which a failure in express mode would rule out.
        boolean isExpress = !config.selfDestruct() && clients.expressMode().isForCreation(isTemporary);
        CreateStackResponse response = clients.expressMode().send(isExpress, mode -> clients.cloudFormation()
                .createStack(request -> request.stackName(config.stackName())
                        .templateBody(
                                StackTemplate.text(config, origin.expires().orElseThrow()))
                        .parameters(StackTemplate.parameters(config, code, codeKey, isDelivered ? "true" : ""))
                        .capabilities(Capability.CAPABILITY_IAM)
                        .tags(asked)
                        .deploymentConfig(mode)
                        .clientRequestToken(token)));
        made = response.stackId();
        StackOperation operation = StackOperation.of(clients, listener, made, token, response.operationId());
        CodeDelivery delivery = new CodeDelivery(clients, codeStore, config, code, made);
        Optional<CloudFormationStack> left = operation.await(() -> {
            if (isDelivered && operation.isCreating(CodeDelivery.RESOURCE)) {
                delivery.perform();
            }
        });
        if (isDelivered && !delivery.isDone() && left.isPresent() && hasMissedCode(operation, left.get())) {
            hasTwoSteps = true;
            listener.step("the stack was created without waiting for its code, so it is created again in two steps");
            delete(left.get());
            return Optional.empty();
        }
        Optional<CloudFormationStack> created = finished(operation, left);
        if (config.codeBucket() == null && !StackTemplate.isInline(config)) {
            created.ifPresent(stack -> requireOutput(stack, BUCKET));
        }
        if (!whole && !isDelivered) {
            return Optional.empty();
        }
        created.ifPresent(stack -> requireOutput(stack, FUNCTION_NAME));
        return created.map(StackDeployer::deployment);
    }

    /** Returns whether a creation went on without the code, or waited for it in vain. */
    private boolean hasMissedCode(StackOperation operation, CloudFormationStack stack) {
        return stack.isComplete()
                ? !isDeliveredByAnother(stack)
                : operation.hasFailed("ShellFunction") || operation.hasFailed(CodeDelivery.RESOURCE);
    }

    /** Returns whether another build delivered the same code, and may have deleted it after its deploy. */
    private boolean isDeliveredByAnother(CloudFormationStack stack) {
        BucketContents contents = new BucketContents(clients.s3(), listener);
        return config.selfDestruct()
                || stack.bucket()
                        .filter(bucket -> contents.has(bucket, CodeUpload.key(config, code)))
                        .isPresent();
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
        String awaitCode = bucketIsMissing || stack.functionName().isEmpty()
                ? ""
                : stack.parameters().getOrDefault(StackTemplate.AWAIT_CODE, "");
        String token = StackOperation.newToken();
        StackOrigin origin = StackTags.origin(stack).extended(config.expiresAfter(), Instant.now());
        UpdateStackResponse response;
        try {
            response = clients.cloudFormation().updateStack(request -> request.stackName(stack.id())
                    .templateBody(StackTemplate.text(config, origin.expires().orElseThrow()))
                    .parameters(StackTemplate.parameters(config, code, codeKey, awaitCode))
                    .capabilities(Capability.CAPABILITY_IAM)
                    .tags(StackTags.of(config, origin))
                    .clientRequestToken(token));
        } catch (CloudFormationException e) {
            if (Stacks.isValidationError(e, NO_UPDATE)) {
                return upToDate(stack);
            }
            if (!createdAgain && ExpressMode.isRefusal(e)) {
                createAgain(stack);
                return Optional.empty();
            }
            throw e;
        }
        StackOperation operation = StackOperation.of(clients, listener, stack.id(), token, response.operationId());
        Optional<CloudFormationStack> updated = finished(operation, operation.await());
        updated.ifPresent(found -> requireOutput(found, bucketIsMissing ? BUCKET : FUNCTION_NAME));
        return bucketIsMissing ? Optional.empty() : updated.map(StackDeployer::deployment);
    }

    /** Deletes a stack that can't be updated because of its last operation, so that it is created again. */
    private void createAgain(CloudFormationStack stack) throws InterruptedException {
        createdAgain = true;
        listener.step(stack.name() + " is " + stack.status() + " after an operation in express mode, which allows no"
                + " update in standard mode, so it is deleted and created again");
        delete(stack);
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
    private Optional<CloudFormationStack> finished(StackOperation operation, Optional<CloudFormationStack> stack)
            throws InterruptedException {
        if (stack.filter(CloudFormationStack::isComplete).isPresent()) {
            awaitFunction(stack.get());
            return stack;
        }
        List<FailureReason> reasons = operation.reasons();
        if (!roleRetried && config.role() == null && reasons.stream().anyMatch(FailureReason::isNewRole)) {
            roleRetried = true;
            listener.step("the new role is not known to Lambda yet, retrying");
            return Optional.empty();
        }
        if (stack.isPresent()
                && !createdAgain
                && reasons.stream().anyMatch(reason -> ExpressMode.isRefusal(reason.text()))) {
            createAgain(stack.get());
            return Optional.empty();
        }
        throw failure(stack, reasons);
    }

    /** Waits until the function can be invoked, for which CloudFormation does not wait in express mode. */
    private void awaitFunction(CloudFormationStack stack) throws InterruptedException {
        if (!stack.express() || stack.functionName().isEmpty()) {
            return;
        }
        GetFunctionConfigurationResponse function = new FunctionVersions(
                        clients, stack.functionName().orElseThrow(), listener)
                .awaitEnd(FunctionVersions.LATEST);
        if (function.state() == State.FAILED) {
            throw new ShellException(
                    "The function of the stack " + stack.name() + " can't be used: " + function.stateReason() + " ("
                            + function.stateReasonCodeAsString() + ")",
                    "Correct the cause and run the goal again");
        }
    }

    private static Deployment deployment(CloudFormationStack stack) {
        return new Deployment(stack.deployed(), true);
    }

    /** Requires an output, which AWS returns for every complete stack. */
    private void requireOutput(CloudFormationStack stack, String output) {
        if (!stack.outputs().containsKey(output)) {
            lacksOutput = true;
            throw new ShellException(
                    clients.endpoint().map(URI::toString).orElse("AWS") + " reports that the stack " + stack.name()
                            + " is " + stack.status() + ", but returns no output " + output
                            + ", which the plugin's template declares",
                    "An emulator of AWS must return a stack's outputs: use a newer version of it, or another endpoint"
                            + " with -Dlshell.endpoint");
        }
    }

    private ShellException failure(Optional<CloudFormationStack> stack, List<FailureReason> reasons) {
        return failure(
                reasons,
                "the stack " + config.stackName()
                        + stack.map(left -> " became " + left.status()).orElse(" was deleted by somebody else"));
    }

    private static ShellException failure(List<FailureReason> reasons, String end) {
        if (reasons.isEmpty()) {
            return new ShellException(
                    "Nothing was deployed: " + end,
                    "See the stack's events in the AWS console, correct the cause and run the goal again");
        }
        return new ShellException(
                reasons.stream().map(FailureReason::problem).collect(Collectors.joining("; and ")) + "; so " + end,
                reasons.stream().map(FailureReason::remedy).distinct().collect(Collectors.joining(". ")));
    }

    /** Removes an incomplete stack, but not one that another build has completed meanwhile. */
    private void removeWhatWasMade(ShellException failure) {
        if (made == null && asked == null || Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            Optional<CloudFormationStack> left = whatWasMade();
            if (left.isPresent()
                    && !left.get().isDeleted()
                    && (lacksOutput || !left.get().isUsable())) {
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
