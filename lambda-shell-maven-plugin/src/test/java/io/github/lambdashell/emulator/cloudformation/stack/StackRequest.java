package io.github.lambdashell.emulator.cloudformation.stack;

import java.util.List;
import java.util.Map;

/**
 * A request to create or update a stack.
 *
 * @param stackName name or, for an update, id
 * @param template null for the stack's current one
 * @param parameters values by name
 * @param previousParameters names of those that keep their current value
 * @param tags values by key; null for the stack's current ones
 * @param capabilities acknowledged capabilities
 * @param onFailure {@code ROLLBACK}, {@code DO_NOTHING} or {@code DELETE}; only for a creation
 * @param terminationProtection whether it can't be deleted; only for a creation
 * @param roleArn role for CloudFormation, null for none
 * @param token null for none
 */
public record StackRequest(
        String stackName,
        String template,
        Map<String, String> parameters,
        List<String> previousParameters,
        Map<String, String> tags,
        List<String> capabilities,
        String onFailure,
        boolean terminationProtection,
        String roleArn,
        String token) {}
