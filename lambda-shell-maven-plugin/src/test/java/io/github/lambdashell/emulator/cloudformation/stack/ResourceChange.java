package io.github.lambdashell.emulator.cloudformation.stack;

/**
 * What becomes of one resource.
 *
 * @param action {@code Add}, {@code Modify} or {@code Remove}
 * @param logicalId its name in the template
 * @param physicalId its own name, null for one that is added
 * @param type such as {@code AWS::S3::Bucket}
 * @param replacement whether another takes its place: {@code True}, {@code False} or, where that isn't known yet,
 *     {@code Conditional}; null but for {@code Modify}
 */
public record ResourceChange(String action, String logicalId, String physicalId, String type, String replacement) {
    static ResourceChange of(String action, StackResource resource, String replacement) {
        return new ResourceChange(action, resource.logicalId(), resource.physicalId(), resource.type(), replacement);
    }
}
