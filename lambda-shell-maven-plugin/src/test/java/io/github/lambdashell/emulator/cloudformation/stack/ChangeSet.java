package io.github.lambdashell.emulator.cloudformation.stack;

import java.time.Instant;
import java.util.List;

/**
 * A change set of a stack, to be executed later.
 *
 * @param id its ARN
 * @param name unique among its stack's
 * @param description null for none
 * @param created time of its creation
 * @param isCreation whether it creates the stack instead of updating it
 * @param spec configuration of the stack after the execution
 * @param roleArn role for CloudFormation, null for none
 * @param changes changes of the resources
 * @param statusReason reason why it can't be executed; null if it can
 * @param isExecuted whether it started the stack's last operation
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

    /**
     * Returns the execution status.
     *
     * @param stack stack of the change set
     */
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
