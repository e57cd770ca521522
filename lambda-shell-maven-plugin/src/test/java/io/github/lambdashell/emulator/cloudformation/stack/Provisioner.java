package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.resource.ResourceFailure;
import io.github.lambdashell.emulator.cloudformation.resource.ResourceRequest;
import io.github.lambdashell.emulator.cloudformation.resource.ResourceType;
import io.github.lambdashell.emulator.cloudformation.resource.ResourceTypes;
import io.github.lambdashell.emulator.cloudformation.template.Evaluator;
import io.github.lambdashell.emulator.cloudformation.template.ResolvedTemplate;
import io.github.lambdashell.emulator.cloudformation.template.ResourceDeclaration;
import io.github.lambdashell.target.local.endpoint.AwsException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Creation, update and deletion of one stack's resources. Each step is recorded before it is done, so that the stack's
 * file lists all resources that may exist after a crash.
 */
final class Provisioner {
    private static final String INITIATED = "Resource creation Initiated";

    private final Stack stack;
    private final StackStore store;
    private final ResourceTypes types;

    Provisioner(Stack stack, StackStore store, ResourceTypes types) {
        this.stack = stack;
        this.store = store;
        this.types = types;
    }

    void stackStatus(String status, String reason) throws IOException {
        stack.status(status, reason);
        store.save(stack);
    }

    private StackResource record(StackResource resource) throws IOException {
        stack.resource(resource);
        store.save(stack);
        return resource;
    }

    /** Returns the evaluator with the current values of references to this stack's resources. */
    Evaluator evaluator(ResolvedTemplate template) {
        return template.evaluator(new Evaluator.Names() {
            @Override
            public Object ref(String name) {
                return stack.resource(name).orElseThrow().physicalId();
            }

            @Override
            public Object attribute(String logicalId, String attribute) {
                return stack.resource(logicalId).orElseThrow().attributes().get(attribute);
            }
        });
    }

    /**
     * Creates a resource.
     *
     * @return whether it succeeded
     */
    boolean create(ResourceDeclaration declaration, ResolvedTemplate template) throws IOException {
        StackResource resource =
                record(StackResource.planned(declaration, template.dependencies(declaration.logicalId())));
        try {
            make(resource, request(declaration, template), "CREATE_");
            return true;
        } catch (AwsException | ResourceFailure e) {
            fail(declaration.logicalId(), "CREATE_FAILED", e.getMessage());
            return false;
        }
    }

    /**
     * Creates a planned resource.
     *
     * @param operation {@code CREATE_}, or {@code UPDATE_} if the resource replaces another one
     */
    private void make(StackResource resource, ResourceRequest request, String operation)
            throws IOException, ResourceFailure {
        ResourceType type = types.get(resource.type());
        type.check(request);
        String physicalId = type.choosePhysicalId(request);
        StackResource initiated =
                record(resource.withPhysicalId(physicalId).withStatus(operation + "IN_PROGRESS", INITIATED));
        try {
            Map<String, String> attributes = type.create(physicalId, request);
            record(initiated.madeWith(request.properties(), attributes).withStatus(operation + "COMPLETE", null));
        } catch (ResourceFailure e) {
            // Nothing was created; a resource of that name does not belong to this stack.
            stack.replace(initiated.withPhysicalId(null));
            throw e;
        }
    }

    private void fail(String logicalId, String status, String reason) throws IOException {
        record(stack.resource(logicalId).orElseThrow().withStatus(status, reason));
    }

    private ResourceRequest request(ResourceDeclaration declaration, ResolvedTemplate template) {
        return request(declaration.logicalId(), evaluator(template).properties(declaration.properties()), stack.spec());
    }

    private ResourceRequest request(String logicalId, Map<String, Object> properties, StackSpec spec) {
        return new ResourceRequest(stack.name(), stack.id(), logicalId, properties, spec.tags());
    }

    /**
     * Updates an existing resource to the template.
     *
     * @param previousTags the stack's tags before the update
     * @return whether it succeeded
     */
    boolean update(
            StackResource resource,
            ResourceDeclaration declaration,
            ResolvedTemplate template,
            Map<String, String> previousTags)
            throws IOException {
        ResourceType type = types.get(resource.type());
        StackResource declared = resource.declaredAs(declaration, template.dependencies(resource.logicalId()));
        stack.replace(declared);
        try {
            ResourceRequest request = request(declaration, template);
            boolean isTagged =
                    type.isTagged() && !previousTags.equals(stack.spec().tags());
            if (request.properties().equals(resource.properties()) && !isTagged) {
                return true;
            }
            if (isReplaced(type, resource.properties(), request.properties())) {
                replace(declared, request);
            } else {
                StackResource begun = record(declared.withStatus("UPDATE_IN_PROGRESS", null));
                type.check(request);
                Map<String, String> attributes = type.update(resource.physicalId(), request);
                record(begun.madeWith(request.properties(), attributes).withStatus("UPDATE_COMPLETE", null));
            }
            return true;
        } catch (AwsException | ResourceFailure e) {
            fail(resource.logicalId(), "UPDATE_FAILED", e.getMessage());
            return false;
        }
    }

    static boolean isReplaced(ResourceType type, Map<String, Object> before, Map<String, Object> after) {
        Set<String> changed = new HashSet<>(type.replacingProperties());
        changed.removeIf(property -> Objects.equals(before.get(property), after.get(property)));
        return !changed.isEmpty();
    }

    private void replace(StackResource resource, ResourceRequest request) throws IOException, ResourceFailure {
        String physicalId = types.get(resource.type()).choosePhysicalId(request);
        if (physicalId.equals(resource.physicalId())) {
            throw new ResourceFailure("CloudFormation cannot update a stack when a custom-named resource requires "
                    + "replacing. Rename " + physicalId + " and update the stack again.");
        }
        StackResource begun = record(resource.withStatus(
                "UPDATE_IN_PROGRESS",
                "Requested update requires the creation of a new physical resource; hence creating one."));
        stack.garbage().add(resource);
        try {
            make(begun, request, "UPDATE_");
        } catch (AwsException | ResourceFailure e) {
            stack.garbage().remove(resource);
            stack.replace(resource);
            throw e;
        }
    }

    /**
     * Restores a resource to its state before an update.
     *
     * @param spec configuration of the stack before the update
     * @return whether it succeeded
     */
    boolean restore(StackResource before, StackSpec spec) throws IOException {
        StackResource now = stack.resource(before.logicalId()).orElse(before);
        if (now.equals(before)) {
            return true;
        }
        if (!now.isSameThingAs(before)) {
            if (now.exists()) {
                stack.garbage().add(now);
            }
            stack.garbage().removeIf(before::isSameThingAs);
            record(before.withStatus("UPDATE_COMPLETE", null));
            return true;
        }
        record(before.withStatus("UPDATE_IN_PROGRESS", null));
        try {
            ResourceRequest request = request(before.logicalId(), before.properties(), spec);
            Map<String, String> attributes = types.get(before.type()).update(before.physicalId(), request);
            record(before.madeWith(before.properties(), attributes).withStatus("UPDATE_COMPLETE", null));
            return true;
        } catch (AwsException | ResourceFailure e) {
            fail(before.logicalId(), "UPDATE_FAILED", e.getMessage());
            return false;
        }
    }

    /**
     * Deletes a physical resource.
     *
     * @param policy deletion policy
     * @param isListed whether it is one of the stack's current resources, instead of a leftover
     * @return whether it succeeded
     */
    boolean delete(StackResource resource, String policy, boolean isListed) throws IOException {
        if (!policy.equals(ResourceDeclaration.DELETE)) {
            deleted(resource.withStatus("DELETE_SKIPPED", null), isListed);
            return true;
        }
        if (resource.exists()) {
            deleted(resource.withStatus("DELETE_IN_PROGRESS", null), isListed);
            try {
                types.get(resource.type()).delete(resource.physicalId(), stack.id());
            } catch (AwsException | ResourceFailure e) {
                deleted(resource.withStatus("DELETE_FAILED", e.getMessage()), isListed);
                return false;
            }
        }
        deleted(resource.withStatus(StackResource.DELETE_COMPLETE, null), isListed);
        return true;
    }

    private void deleted(StackResource resource, boolean isListed) throws IOException {
        if (isListed) {
            stack.resource(resource);
        } else {
            stack.resourceEvent(resource);
        }
        store.save(stack);
    }
}
