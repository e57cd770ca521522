package io.github.lambdashell.stack;

import io.github.lambdashell.aws.AwsFailure;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** Looks stacks up. */
public final class Stacks {
    private final CloudFormationClient cloudFormation;

    public Stacks(CloudFormationClient cloudFormation) {
        this.cloudFormation = cloudFormation;
    }

    /**
     * @param nameOrId a deleted stack is found by its ARN only
     */
    public Optional<DeployedStack> find(String nameOrId) {
        try {
            return cloudFormation.describeStacks(request -> request.stackName(nameOrId)).stacks().stream()
                    .findFirst()
                    .map(DeployedStack::of)
                    .filter(stack -> !stack.status().equals("DELETE_COMPLETE")
                            || stack.id().equals(nameOrId));
        } catch (CloudFormationException e) {
            if (e.awsErrorDetails() != null
                    && e.awsErrorDetails().errorCode().equals("ValidationError")
                    && e.awsErrorDetails().errorMessage().contains("does not exist")) {
                return Optional.empty();
            }
            throw AwsFailure.of(e, "look the stack " + nameOrId + " up");
        } catch (SdkException e) {
            throw AwsFailure.of(e, "look the stack " + nameOrId + " up");
        }
    }
}
