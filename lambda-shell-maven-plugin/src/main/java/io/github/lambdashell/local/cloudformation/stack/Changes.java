package io.github.lambdashell.local.cloudformation.stack;

import io.github.lambdashell.local.cloudformation.template.Evaluator;
import io.github.lambdashell.local.cloudformation.template.ResolvedTemplate;
import io.github.lambdashell.local.cloudformation.template.ResourceDeclaration;
import io.github.lambdashell.local.http.AwsException;
import java.util.List;
import java.util.Map;

/** Whether an update would change anything. */
final class Changes {
    private Changes() {}

    /**
     * @param evaluator evaluates for the resources that there are
     * @throws AwsException 400 when a resource would become one of another type
     */
    static boolean between(Stack stack, ResolvedTemplate template, Map<String, String> tags, Evaluator evaluator) {
        List<ResourceDeclaration> wanted = template.resources();
        List<String> retyped = wanted.stream()
                .filter(declaration -> stack.resource(declaration.logicalId())
                        .filter(resource -> !resource.type().equals(declaration.type()))
                        .isPresent())
                .map(ResourceDeclaration::logicalId)
                .toList();
        if (!retyped.isEmpty()) {
            throw new AwsException(
                    400,
                    "ValidationError",
                    "Update of resource type is not permitted. The new template modifies resource type of the "
                            + "following resources: " + retyped);
        }
        boolean isSameSet = wanted.size() == stack.resources().size()
                && wanted.stream().allMatch(declaration -> stack.resource(declaration.logicalId())
                        .isPresent());
        return !isSameSet
                || !tags.equals(stack.spec().tags())
                || wanted.stream().anyMatch(declaration -> differs(stack, declaration, evaluator))
                || !Outputs.of(template, evaluator).equals(stack.outputs());
    }

    private static boolean differs(Stack stack, ResourceDeclaration declaration, Evaluator evaluator) {
        StackResource resource = stack.resource(declaration.logicalId()).orElseThrow();
        return !resource.deletionPolicy().equals(declaration.deletionPolicy())
                || !resource.updateReplacePolicy().equals(declaration.updateReplacePolicy())
                || !evaluator.properties(declaration.properties()).equals(resource.properties());
    }
}
