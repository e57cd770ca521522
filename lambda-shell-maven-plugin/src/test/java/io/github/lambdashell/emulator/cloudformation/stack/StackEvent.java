package io.github.lambdashell.emulator.cloudformation.stack;

import java.time.Instant;

/**
 * An event of a stack or of one of its resources.
 *
 * @param id unique id
 * @param logicalId the resource's logical id, or the stack's name
 * @param physicalId the resource's physical id, null if it has none yet; or the stack's id
 * @param type the resource type
 * @param status the new status
 * @param reason reason of the status; null if there is none
 * @param timestamp time of the event
 * @param token token of the request that caused it; null if it had none
 */
public record StackEvent(
        String id,
        String logicalId,
        String physicalId,
        String type,
        String status,
        String reason,
        Instant timestamp,
        String token) {
    /** The type of a stack itself. */
    static final String STACK_TYPE = "AWS::CloudFormation::Stack";
}
