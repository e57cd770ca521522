package io.github.lambdashell.emulator.cloudformation.stack;

/**
 * The change of one resource.
 *
 * @param action {@code Add}, {@code Modify} or {@code Remove}
 * @param logicalId its name in the template
 * @param physicalId its physical id; null if it is added
 * @param type such as {@code AWS::S3::Bucket}
 * @param replacement {@code True}, {@code False}, or {@code Conditional} if it is unknown; null unless the action is
 *     {@code Modify}
 */
public record ResourceChange(String action, String logicalId, String physicalId, String type, String replacement) {
    static ResourceChange of(String action, StackResource resource, String replacement) {
        return new ResourceChange(action, resource.logicalId(), resource.physicalId(), resource.type(), replacement);
    }
}
