package io.github.lambdashell.emulator.cloudformation.stack;

import java.time.Instant;

/**
 * Something that happened to a stack or to one of its resources.
 *
 * @param id unique
 * @param logicalId the resource's, or the stack's name
 * @param physicalId the resource's, null before it has one, or the stack's id
 * @param type the resource's
 * @param status that it has from then on
 * @param reason of the status, null where there is none
 * @param timestamp when it happened
 * @param token of the request that led to it, null where that had none
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
