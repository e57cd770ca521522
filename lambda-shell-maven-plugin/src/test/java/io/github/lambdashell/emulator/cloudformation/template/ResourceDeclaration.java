package io.github.lambdashell.emulator.cloudformation.template;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The declaration of a resource in a template.
 *
 * @param logicalId its name in the template
 * @param type such as {@code AWS::S3::Bucket}
 * @param condition condition of its creation; null if it is always created
 * @param dependsOn explicit dependencies, in addition to references
 * @param deletionPolicy policy if it is removed
 * @param updateReplacePolicy policy if it is replaced
 * @param metadata unevaluated; its references are dependencies, like those of properties
 * @param properties unevaluated
 */
public record ResourceDeclaration(
        String logicalId,
        String type,
        String condition,
        List<String> dependsOn,
        String deletionPolicy,
        String updateReplacePolicy,
        Map<String, Object> metadata,
        Map<String, Object> properties) {
    /** Policy that deletes the resource with the stack. */
    public static final String DELETE = "Delete";
    /** Policy that keeps the resource when the stack is deleted. */
    public static final String RETAIN = "Retain";
    /** Policy that keeps the resource when the stack is deleted, unless its creation failed. */
    public static final String RETAIN_EXCEPT_ON_CREATE = "RetainExceptOnCreate";

    private static final Set<String> MEMBERS = Set.of(
            "Type",
            "Properties",
            "Condition",
            "DependsOn",
            "DeletionPolicy",
            "UpdateReplacePolicy",
            "Metadata",
            "CreationPolicy");

    static ResourceDeclaration of(String logicalId, Object declaration) {
        Map<String, Object> members = Structure.map(declaration, "Every Resources member must be an object");
        if (!logicalId.matches("[A-Za-z0-9]{1,255}")) {
            throw TemplateError.format("Resource name " + logicalId + " is non alphanumeric.");
        }
        for (String member : members.keySet()) {
            if (!MEMBERS.contains(member)) {
                throw TemplateError.validation("Invalid template resource property '" + member + "'");
            }
        }
        String otherwise = "[/Resources/" + logicalId + "] Every Resources object must contain a Type member.";
        Object dependsOn = members.getOrDefault("DependsOn", List.of());
        return new ResourceDeclaration(
                logicalId,
                Structure.text(members.get("Type"), otherwise),
                (String) members.get("Condition"),
                (dependsOn instanceof String one ? List.<Object>of(one) : Structure.list(dependsOn, "DependsOn"))
                        .stream().map(String::valueOf).toList(),
                policy(members, "DeletionPolicy", Set.of(DELETE, RETAIN, RETAIN_EXCEPT_ON_CREATE)),
                policy(members, "UpdateReplacePolicy", Set.of(DELETE, RETAIN)),
                object(members, "Metadata", logicalId),
                object(members, "Properties", logicalId));
    }

    private static Map<String, Object> object(Map<String, Object> members, String name, String logicalId) {
        return Structure.map(
                members.getOrDefault(name, Map.of()),
                "[/Resources/" + logicalId + "/" + name + "] " + name + " must be an object");
    }

    private static String policy(Map<String, Object> members, String name, Set<String> allowed) {
        Object policy = members.getOrDefault(name, DELETE);
        if (!allowed.contains(policy)) {
            throw TemplateError.format("Unrecognized " + name + " " + policy + ". The local endpoint knows "
                    + String.join(", ", allowed.stream().sorted().toList()));
        }
        return (String) policy;
    }
}
