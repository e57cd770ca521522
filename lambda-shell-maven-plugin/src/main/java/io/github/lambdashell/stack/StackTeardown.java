package io.github.lambdashell.stack;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.aws.AwsFailure;
import io.github.lambdashell.config.ShellException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** Removes a stack with everything in it. */
public final class StackTeardown {
    private final AwsClients clients;
    private final StackProgress progress;

    public StackTeardown(AwsClients clients, StackProgress progress) {
        this.clients = clients;
        this.progress = progress;
    }

    /**
     * Removes the stack of that name.
     *
     * @return false when there is none
     * @throws ShellException when something of it is left
     */
    public boolean remove(String stackName) throws InterruptedException {
        Optional<DeployedStack> stack = new Stacks(clients.cloudFormation()).find(stackName);
        if (stack.isPresent()) {
            StackTags.requireOurs(stack.get());
            remove(stack.get());
        }
        return stack.isPresent();
    }

    void remove(DeployedStack stack) throws InterruptedException {
        try {
            if (stack.status().endsWith("_IN_PROGRESS") && !stack.status().equals("DELETE_IN_PROGRESS")) {
                progress.step(stack.name() + " is " + stack.status() + ", waiting for its end");
                operation(stack, null).await();
            }
            emptyBuckets(stack);
            String token = "lshell-" + UUID.randomUUID();
            clients.cloudFormation()
                    .deleteStack(request -> request.stackName(stack.id()).clientRequestToken(token));
            StackOperation deletion = operation(stack, token);
            DeployedStack end = deletion.await();
            if (!end.status().equals("DELETE_COMPLETE")) {
                throw new ShellException(
                        "The stack " + stack.name() + " could not be removed, it became " + end.status()
                                + deletion.firstFailure()
                                        .map(cause -> " because of " + cause)
                                        .orElse(""),
                        "Remove what is named by hand, then run lshell:teardown again");
            }
        } catch (SdkException e) {
            throw AwsFailure.of(e, "remove the stack " + stack.name());
        }
    }

    /** Cleans up after a failure, which stays the one to report; what goes wrong here is added to it. */
    void removeAfter(DeployedStack stack, RuntimeException failure) {
        try {
            remove(stack);
        } catch (ShellException e) {
            failure.addSuppressed(e);
            progress.step(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** CloudFormation deletes no bucket that holds anything. */
    private void emptyBuckets(DeployedStack stack) {
        List<StackResource> resources = clients.cloudFormation()
                .describeStackResources(request -> request.stackName(stack.id()))
                .stackResources();
        resources.stream()
                .filter(resource -> resource.resourceType().equals("AWS::S3::Bucket"))
                .filter(resource -> resource.physicalResourceId() != null
                        && !resource.resourceStatusAsString().equals("DELETE_COMPLETE"))
                .forEach(resource -> empty(resource.physicalResourceId()));
    }

    private void empty(String bucket) {
        try {
            // One page of versions is at most 1000, and so is what one request deletes.
            for (ListObjectVersionsResponse page : clients.s3().listObjectVersionsPaginator(r -> r.bucket(bucket))) {
                List<ObjectIdentifier> objects = Stream.concat(
                                page.versions().stream().map(version -> object(version.key(), version.versionId())),
                                page.deleteMarkers().stream().map(marker -> object(marker.key(), marker.versionId())))
                        .toList();
                if (!objects.isEmpty()) {
                    DeleteObjectsResponse deleted = clients.s3().deleteObjects(request -> request.bucket(bucket)
                            .delete(Delete.builder()
                                    .objects(objects)
                                    .quiet(true)
                                    .build()));
                    if (deleted.hasErrors()) {
                        throw new ShellException(
                                "The bucket " + bucket + " could not be emptied: "
                                        + deleted.errors().get(0).key() + ", "
                                        + deleted.errors().get(0).message(),
                                "Empty it by hand, then run lshell:teardown again");
                    }
                }
            }
        } catch (NoSuchBucketException e) {
            // Somebody removed it by hand, which is where this leads.
            progress.step("the bucket " + bucket + " is gone already");
        }
    }

    private static ObjectIdentifier object(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }

    private StackOperation operation(DeployedStack stack, String token) {
        return new StackOperation(clients.cloudFormation(), clients.pollInterval(), progress, stack.id(), token);
    }
}
