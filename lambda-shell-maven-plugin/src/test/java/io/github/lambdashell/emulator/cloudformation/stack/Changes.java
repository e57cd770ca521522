package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.resource.ResourceType;
import io.github.lambdashell.emulator.cloudformation.resource.ResourceTypes;
import io.github.lambdashell.emulator.cloudformation.template.Evaluator;
import io.github.lambdashell.emulator.cloudformation.template.ResourceDeclaration;
import io.github.lambdashell.target.local.endpoint.AwsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The changes that an operation would make. */
final class Changes implements Evaluator.Names {
    /** Placeholder for a value that is unknown before the operation. */
    private static final String UNKNOWN = "{{changeSet:KNOWN_AFTER_APPLY}}";

    private final Stack stack;
    private final ResourceTypes types;
    private final Evaluator evaluator;
    private final boolean isRetagged;
    private final Set<String> replaced = new HashSet<>();
    private final List<ResourceChange> resources = new ArrayList<>();
    private final boolean isEmpty;
    private boolean needsUnknown;

    /**
     * Computes the changes.
     *
     * @throws AwsException 400 if the type of a resource would change
     */
    Changes(Stack stack, Plan plan, ResourceTypes types) {
        this.stack = stack;
        this.types = types;
        this.evaluator = plan.template().evaluator(this);
        this.isRetagged = !plan.spec().tags().equals(stack.spec().tags());
        List<ResourceDeclaration> wanted = plan.template().resources();
        checkTypes(wanted);
        boolean isSame = !isRetagged;
        for (ResourceDeclaration declaration : wanted) {
            Optional<StackResource> resource = stack.resource(declaration.logicalId());
            if (resource.isPresent()) {
                isSame &= !isModified(resource.get(), declaration);
            } else {
                resources.add(new ResourceChange("Add", declaration.logicalId(), null, declaration.type(), null));
            }
        }
        removed(wanted);
        isEmpty = isSame
                && resources.isEmpty()
                && Outputs.of(plan.template(), evaluator).equals(stack.outputs());
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** Returns the changes in the order of creation, followed by the removed resources. */
    List<ResourceChange> resources() {
        return resources;
    }

    private void checkTypes(List<ResourceDeclaration> wanted) {
        List<String> retyped = wanted.stream()
                .filter(declaration -> stack.resource(declaration.logicalId())
                        .filter(resource -> !resource.type().equals(declaration.type()))
                        .isPresent())
                .map(ResourceDeclaration::logicalId)
                .toList();
        if (!retyped.isEmpty()) {
            throw Refusal.validation("Update of resource type is not permitted. The new template modifies resource "
                    + "type of the following resources: " + retyped);
        }
    }

    private boolean isModified(StackResource resource, ResourceDeclaration declaration) {
        ResourceType type = types.get(resource.type());
        Optional<Map<String, Object>> properties = properties(declaration);
        boolean isChanged = !properties.equals(Optional.of(resource.properties()));
        if (isChanged || isRetagged && type.isTagged()) {
            String replacement = properties
                    .map(after -> Provisioner.isReplaced(type, resource.properties(), after) ? "True" : "False")
                    .orElse("Conditional");
            resources.add(ResourceChange.of("Modify", resource, replacement));
            if (!replacement.equals("False")) {
                replaced.add(resource.logicalId());
            }
        }
        return isChanged
                || !resource.deletionPolicy().equals(declaration.deletionPolicy())
                || !resource.updateReplacePolicy().equals(declaration.updateReplacePolicy());
    }

    /** Returns the evaluated properties; empty if a function needs parts of an unknown value. */
    private Optional<Map<String, Object>> properties(ResourceDeclaration declaration) {
        needsUnknown = false;
        try {
            return Optional.of(evaluator.properties(declaration.properties()));
        } catch (AwsException e) {
            if (needsUnknown) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void removed(List<ResourceDeclaration> wanted) {
        Set<String> names = wanted.stream().map(ResourceDeclaration::logicalId).collect(Collectors.toSet());
        stack.resources().stream()
                .filter(resource -> !names.contains(resource.logicalId()))
                .forEach(resource -> resources.add(ResourceChange.of("Remove", resource, null)));
    }

    @Override
    public Object ref(String name) {
        return of(name, StackResource::physicalId);
    }

    @Override
    public Object attribute(String logicalId, String attribute) {
        return of(logicalId, resource -> resource.attributes().get(attribute));
    }

    private Object of(String logicalId, Function<StackResource, String> value) {
        Optional<String> known = stack.resource(logicalId)
                .filter(resource -> !replaced.contains(logicalId))
                .map(value);
        needsUnknown |= known.isEmpty();
        return known.orElse(UNKNOWN);
    }
}
