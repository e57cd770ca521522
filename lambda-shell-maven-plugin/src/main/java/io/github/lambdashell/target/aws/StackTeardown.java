package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.DeployListener;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.StackResource;

/** Deletes a stack with all its resources. */
public final class StackTeardown {
    /**
     * Maximum number of attempts: a bucket can be written to while it is emptied, and a role or a network interface can
     * be released late.
     */
    private static final int ATTEMPTS = 3;

    private static final String BUCKET = "AWS::S3::Bucket";

    private final AwsClients clients;
    private final DeployListener listener;

    public StackTeardown(AwsClients clients, DeployListener listener) {
        this.clients = clients;
        this.listener = listener;
    }

    /**
     * Deletes a stack.
     *
     * @return the stack before its deletion; empty if there was none
     * @throws ShellException if some of its resources remain
     */
    public Optional<CloudFormationStack> remove(String stackName) throws InterruptedException {
        Optional<CloudFormationStack> found = new Stacks(clients.cloudFormation()).find(stackName);
        if (found.isPresent() && found.get().isUnderReview()) {
            listener.step(
                    stackName + " is REVIEW_IN_PROGRESS: no stack, but a change set that nobody ran; it was left");
            return Optional.empty();
        }
        if (found.isPresent()) {
            StackTags.requireOurs(found.get());
            remove(found.get());
        }
        return found;
    }

    void remove(CloudFormationStack stack) throws InterruptedException {
        try {
            requireUnprotected(stack);
            CloudFormationStack current = stack;
            for (int attempt = 1; ; attempt++) {
                Optional<CloudFormationStack> settled = settled(current);
                if (settled.isEmpty()) {
                    return;
                }
                emptyBuckets(settled.get());
                new CodeUpload(clients, listener).removeFromNamedBucket(settled.get());
                StackOperation deletion = delete(settled.get());
                Optional<CloudFormationStack> left = deletion.await();
                if (left.isEmpty()) {
                    return;
                }
                if (attempt == ATTEMPTS) {
                    throw leftovers(left.get(), deletion);
                }
                current = left.get();
                listener.step(current.name() + " is " + current.status() + ", retrying");
                Thread.sleep(clients.pollInterval().toMillis());
            }
        } catch (SdkException e) {
            throw AwsFailure.of(e, "remove the stack " + stack.name());
        }
    }

    private static void requireUnprotected(CloudFormationStack stack) {
        if (stack.terminationProtection()) {
            throw new ShellException(
                    "The stack " + stack.name() + " is protected from termination; it was not changed",
                    "Lift the protection (aws cloudformation update-termination-protection --stack-name " + stack.name()
                            + " --no-enable-termination-protection) and repeat the goal");
        }
    }

    /**
     * Waits until a deletion can begin; returns empty if the stack has been deleted meanwhile. CloudFormation refuses a
     * deletion during an update, but accepts one during the creation. On some emulators a failed creation never ends.
     */
    private Optional<CloudFormationStack> settled(CloudFormationStack stack) throws InterruptedException {
        if (!stack.isInProgress() || stack.isBeingCreated()) {
            return Optional.of(stack);
        }
        listener.step(stack.name() + " is " + stack.status() + ", waiting for it to end");
        return StackOperation.underWay(clients, listener, stack.id()).await();
    }

    private StackOperation delete(CloudFormationStack stack) throws InterruptedException {
        while (true) {
            String token = StackOperation.newToken();
            try {
                clients.expressMode().send(clients.expressMode().isForDeletion(stack), mode -> clients.cloudFormation()
                        .deleteStack(request -> request.stackName(stack.id())
                                .deploymentConfig(mode)
                                .clientRequestToken(token)));
                return StackOperation.of(clients, listener, stack.id(), token, null);
            } catch (CloudFormationException e) {
                if (!Stacks.isValidationError(e, "_IN_PROGRESS")) {
                    throw e;
                }
                listener.step("another build is changing " + stack.name() + ", waiting for it to end");
                StackOperation.underWay(clients, listener, stack.id()).await();
            }
        }
    }

    private void emptyBuckets(CloudFormationStack stack) {
        BucketContents contents = new BucketContents(clients.s3(), listener);
        resources(stack).stream()
                .filter(resource -> BUCKET.equals(resource.resourceType()))
                .forEach(resource -> contents.remove(resource.physicalResourceId(), ""));
    }

    /** Returns the stack's existing resources. */
    private List<StackResource> resources(CloudFormationStack stack) {
        return clients
                .cloudFormation()
                .describeStackResources(request -> request.stackName(stack.id()))
                .stackResources()
                .stream()
                .filter(resource -> resource.physicalResourceId() != null
                        && !"DELETE_COMPLETE".equals(resource.resourceStatusAsString()))
                .toList();
    }

    private ShellException leftovers(CloudFormationStack stack, StackOperation deletion) {
        StringBuilder left = new StringBuilder();
        deletion.reasons().forEach(reason -> left.append("\n  - ").append(reason.problem()));
        StringBuilder commands = new StringBuilder();
        resources(stack).forEach(resource -> commands.append("\n  ").append(command(resource)));
        return new ShellException(
                "The stack " + stack.name() + " is " + stack.status() + ", this could not be removed:" + left + "\n ",
                "Remove by hand what is left, then run lshell:teardown again:" + commands + "\n ");
    }

    private static String command(StackResource resource) {
        String id = resource.physicalResourceId();
        return switch (String.valueOf(resource.resourceType())) {
            case BUCKET -> "aws s3 rb --force s3://" + id;
            case "AWS::Logs::LogGroup" -> "aws logs delete-log-group --log-group-name " + id;
            case "AWS::Lambda::Function" -> "aws lambda delete-function --function-name " + id;
            case "AWS::IAM::Role" -> "aws iam delete-role --role-name " + id;
            default -> resource.resourceType() + " " + id;
        };
    }
}
