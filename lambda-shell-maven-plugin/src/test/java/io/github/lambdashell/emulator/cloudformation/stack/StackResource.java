package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.template.ResourceDeclaration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A resource of a stack.
 *
 * @param logicalId its name in the template
 * @param type such as {@code AWS::S3::Bucket}
 * @param physicalId its physical id; null if nothing was created
 * @param status such as {@code CREATE_COMPLETE}
 * @param reason reason of the status; null if there is none
 * @param timestamp time of the status
 * @param properties evaluated properties of its last creation or update
 * @param attributes values for {@code Fn::GetAtt}
 * @param dependencies logical ids of the resources that must be deleted after it
 * @param deletionPolicy policy if it is removed
 * @param updateReplacePolicy policy if it is replaced
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

    /** Returns a resource that is not created yet. */
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

    /** Returns a copy with the attributes of a declaration other than its properties. */
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

    /** Returns whether there is or may be a physical resource to delete. */
    boolean exists() {
        return physicalId != null && !status.equals(DELETE_COMPLETE);
    }

    /** Returns whether both have the same physical resource. */
    boolean isSameThingAs(StackResource other) {
        return type.equals(other.type) && physicalId != null && physicalId.equals(other.physicalId);
    }
}
