package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.template.ResourceDeclaration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The deletion of a stack's resources. One that can't be deleted remains together with its dependencies; the others are
 * deleted.
 */
final class DeleteOperation implements Operation {
    /** Deletion of a stack. */
    static final Kind OF_STACK = new Kind("DELETE_COMPLETE", "DELETE_FAILED", resource -> plain(resource, true));
    /** Rollback of a failed creation. */
    static final Kind OF_ROLLBACK =
            new Kind("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", resource -> plain(resource, false));

    private final Stack stack;
    private final Provisioner provisioner;
    private final Kind kind;

    /**
     * The purpose of a deletion.
     *
     * @param complete the stack's status after success
     * @param failed the stack's status after a failure
     * @param policy returns a resource's policy
     */
    record Kind(String complete, String failed, Function<StackResource, String> policy) {}

    private static String plain(StackResource resource, boolean wasCreated) {
        String policy = resource.deletionPolicy();
        if (policy.equals(ResourceDeclaration.RETAIN_EXCEPT_ON_CREATE)) {
            return wasCreated ? ResourceDeclaration.RETAIN : ResourceDeclaration.DELETE;
        }
        return policy;
    }

    /** Returns the deletion of a stack that retains some of its resources. */
    static Kind retaining(List<String> logicalIds) {
        return new Kind(
                OF_STACK.complete(),
                OF_STACK.failed(),
                resource -> logicalIds.contains(resource.logicalId())
                        ? ResourceDeclaration.RETAIN
                        : OF_STACK.policy().apply(resource));
    }

    DeleteOperation(Stack stack, Provisioner provisioner, Kind kind) {
        this.stack = stack;
        this.provisioner = provisioner;
        this.kind = kind;
    }

    @Override
    public void run() throws IOException {
        Set<String> failed = new TreeSet<>();
        Set<String> needed = new LinkedHashSet<>();
        for (StackResource resource : DeletionOrder.of(candidates())) {
            boolean isListed = stack.resources().contains(resource);
            if (needed.contains(resource.logicalId())) {
                needed.addAll(resource.dependencies());
            } else if (!provisioner.delete(resource, kind.policy().apply(resource), isListed)) {
                failed.add(resource.logicalId());
                needed.addAll(resource.dependencies());
            } else {
                stack.garbage().remove(resource);
            }
        }
        if (failed.isEmpty()) {
            stack.garbage().clear();
            stack.forgetRestore();
            provisioner.stackStatus(kind.complete(), null);
        } else {
            provisioner.stackStatus(kind.failed(), "The following resource(s) failed to delete: " + failed + ". ");
        }
    }

    /** Returns the current resources and those that an interrupted update has left. */
    private List<StackResource> candidates() {
        List<StackResource> candidates = new ArrayList<>();
        List<StackResource> all = new ArrayList<>(stack.resources());
        all.addAll(stack.garbage());
        if (stack.restore() != null) {
            all.addAll(stack.restore().resources());
        }
        for (StackResource resource : all) {
            boolean isGone = resource.status().equals(StackResource.DELETE_COMPLETE);
            if (!isGone && candidates.stream().noneMatch(resource::isSameThingAs)) {
                candidates.add(resource);
            }
        }
        return candidates;
    }
}
