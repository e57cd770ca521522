package io.github.lambdashell.target.aws;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** Queries for stacks. */
public final class Stacks {
    private final CloudFormationClient cloudFormation;

    public Stacks(CloudFormationClient cloudFormation) {
        this.cloudFormation = cloudFormation;
    }

    /**
     * Finds a stack.
     *
     * @param nameOrId name or ARN; a deleted stack is found only by its ARN
     */
    public Optional<CloudFormationStack> find(String nameOrId) {
        try {
            return cloudFormation.describeStacks(request -> request.stackName(nameOrId)).stacks().stream()
                    .findFirst()
                    .map(CloudFormationStack::of)
                    .filter(stack -> !stack.isDeleted() || stack.id().equals(nameOrId));
        } catch (CloudFormationException e) {
            if (isValidationError(e, "does not exist")) {
                return Optional.empty();
            }
            throw AwsFailure.of(e, "describe the stack " + nameOrId);
        } catch (SdkException e) {
            throw AwsFailure.of(e, "describe the stack " + nameOrId);
        }
    }

    /** Returns all stacks of the region that this plugin created, sorted by name. */
    List<CloudFormationStack> ours() {
        try {
            return cloudFormation.describeStacksPaginator().stacks().stream()
                    .map(CloudFormationStack::of)
                    .filter(stack -> StackTags.areOurs(stack) && !stack.isDeleted())
                    .sorted((one, other) -> one.name().compareTo(other.name()))
                    .toList();
        } catch (SdkException e) {
            throw AwsFailure.of(e, "list the stacks");
        }
    }

    /**
     * Returns whether a failure is a ValidationError with the given text; CloudFormation uses this code for nearly all
     * errors.
     */
    static boolean isValidationError(CloudFormationException e, String text) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details != null
                && "ValidationError".equals(details.errorCode())
                && String.valueOf(details.errorMessage()).contains(text);
    }
}
