package io.github.lambdashell.emulator.cloudformation.stack;

import java.io.IOException;
import java.util.List;

/** The rollback of a stack to its state before a failed update. */
final class RollbackOperation implements Operation {
    private final Stack stack;
    private final Provisioner provisioner;

    RollbackOperation(Stack stack, Provisioner provisioner) {
        this.stack = stack;
        this.provisioner = provisioner;
    }

    @Override
    public void run() throws IOException {
        Stack.Restore before = stack.restore();
        for (StackResource resource : before.resources()) {
            if (!provisioner.restore(resource, before.spec())) {
                provisioner.stackStatus(
                        "UPDATE_ROLLBACK_FAILED",
                        "The following resource(s) failed to update: [" + resource.logicalId() + "]. ");
                return;
            }
        }
        List<StackResource> added = stack.resources().stream()
                .filter(resource -> before.resources().stream()
                        .noneMatch(other -> other.logicalId().equals(resource.logicalId())))
                .toList();
        stack.resources().removeAll(added);
        stack.garbage().addAll(added);
        stack.restoreSpec();
        stack.forgetRestore();
        provisioner.stackStatus("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", null);
        new Cleanup(stack, provisioner).run();
        provisioner.stackStatus("UPDATE_ROLLBACK_COMPLETE", null);
    }
}
