package io.github.lambdashell.emulator.cloudformation.stack;

import java.util.List;
import java.util.Map;

/**
 * What a caller wants a stack to be.
 *
 * @param stackName or, for an update, its id
 * @param template null for the one that the stack has
 * @param parameters values by name
 * @param previousParameters names of those that keep the value that they have
 * @param tags by key, null for those that the stack has
 * @param capabilities that the caller agrees to
 * @param onFailure {@code ROLLBACK}, {@code DO_NOTHING} or {@code DELETE}; of a creation only
 * @param terminationProtection whether it may not be deleted; of a creation only
 * @param roleArn the role that CloudFormation is asked to work under, null for none
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
