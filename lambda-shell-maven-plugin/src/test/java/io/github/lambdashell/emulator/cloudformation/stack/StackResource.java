package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.template.ResourceDeclaration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * One resource of a stack.
 *
 * @param logicalId its name in the template
 * @param type such as {@code AWS::S3::Bucket}
 * @param physicalId its own name, null as long as nothing was made
 * @param status such as {@code CREATE_COMPLETE}
 * @param reason of the status, null where there is none
 * @param timestamp of the status
 * @param properties evaluated, as it was made with
 * @param attributes what {@code Fn::GetAtt} gives
 * @param dependencies logical ids of what must outlive it
 * @param deletionPolicy what becomes of it with the stack
 * @param updateReplacePolicy what becomes of it when another takes its place
 */
public record StackResource(
        String logicalId,
        String type,
        String physicalId,
        String status,
        String reason,
        Instant timestamp,
        Map<String, Object> properties,
        Map<String, String> attributes,
        Set<String> dependencies,
        String deletionPolicy,
        String updateReplacePolicy) {
    static final String DELETE_COMPLETE = "DELETE_COMPLETE";

    /** A resource of which there is only the plan. */
    static StackResource planned(ResourceDeclaration declaration, Set<String> dependencies) {
        return new StackResource(
                declaration.logicalId(),
                declaration.type(),
                null,
                "CREATE_IN_PROGRESS",
                null,
                Instant.now(),
                Map.of(),
                Map.of(),
                dependencies,
                declaration.deletionPolicy(),
                declaration.updateReplacePolicy());
    }

    /** The same with what a template says of it besides its properties. */
    StackResource declaredAs(ResourceDeclaration declaration, Set<String> newDependencies) {
        return new StackResource(
                logicalId,
                type,
                physicalId,
                status,
                reason,
                timestamp,
                properties,
                attributes,
                newDependencies,
                declaration.deletionPolicy(),
                declaration.updateReplacePolicy());
    }

    StackResource withStatus(String newStatus, String newReason) {
        return new StackResource(
                logicalId,
                type,
                physicalId,
                newStatus,
                newReason,
                Instant.now(),
                properties,
                attributes,
                dependencies,
                deletionPolicy,
                updateReplacePolicy);
    }

    StackResource withPhysicalId(String newPhysicalId) {
        return new StackResource(
                logicalId,
                type,
                newPhysicalId,
                status,
                reason,
                timestamp,
                properties,
                attributes,
                dependencies,
                deletionPolicy,
                updateReplacePolicy);
    }

    StackResource madeWith(Map<String, Object> newProperties, Map<String, String> newAttributes) {
        return new StackResource(
                logicalId,
                type,
                physicalId,
                status,
                reason,
                timestamp,
                newProperties,
                newAttributes,
                dependencies,
                deletionPolicy,
                updateReplacePolicy);
    }

    /** Whether there is, or may be, something that has to be removed. */
    boolean exists() {
        return physicalId != null && !status.equals(DELETE_COMPLETE);
    }

    /** Whether both stand for one and the same thing. */
    boolean isSameThingAs(StackResource other) {
        return type.equals(other.type) && physicalId != null && physicalId.equals(other.physicalId);
    }
}
