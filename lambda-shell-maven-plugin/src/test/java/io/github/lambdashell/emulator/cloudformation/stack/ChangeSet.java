package io.github.lambdashell.emulator.cloudformation.stack;

import java.time.Instant;
import java.util.List;

/**
 * A stack's change set: what the stack is to become once somebody says so.
 *
 * @param id its ARN
 * @param name unique among its stack's
 * @param description the caller's, null for none
 * @param created when it was made
 * @param isCreation whether it makes the stack, or changes one that there is
 * @param spec what the stack is to be
 * @param roleArn the role that CloudFormation is asked to work under, null for none
 * @param changes what becomes of the resources
 * @param statusReason why it can't be executed, null when it can
 * @param isExecuted whether it led to the stack's last operation
 */
public record ChangeSet(
        String id,
        String name,
        String description,
        Instant created,
        boolean isCreation,
        StackSpec spec,
        String roleArn,
        List<ResourceChange> changes,
        String statusReason,
        boolean isExecuted) {
    static final String FAILED = "FAILED";
    static final String EMPTY = "The submitted information didn't contain changes. Submit different information to "
            + "create a change set.";

    public String status() {
        return statusReason == null ? "CREATE_COMPLETE" : FAILED;
    }

    /** @param stack whose change set it is */
    public String executionStatus(Stack stack) {
        if (statusReason != null) {
            return "UNAVAILABLE";
        }
        if (!isExecuted) {
            return "AVAILABLE";
        }
        if (stack.isInProgress()) {
            return "EXECUTE_IN_PROGRESS";
        }
        boolean isComplete = stack.status().equals(isCreation ? "CREATE_COMPLETE" : "UPDATE_COMPLETE");
        return isComplete ? "EXECUTE_COMPLETE" : "EXECUTE_FAILED";
    }

    ChangeSet executed() {
        return new ChangeSet(id, name, description, created, isCreation, spec, roleArn, changes, statusReason, true);
    }
}
