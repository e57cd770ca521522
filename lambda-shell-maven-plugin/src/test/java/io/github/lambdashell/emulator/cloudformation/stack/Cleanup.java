package io.github.lambdashell.emulator.cloudformation.stack;

import java.io.IOException;

/** The deletion of resources that an update has left. If it fails, the stack's next operation tries again. */
final class Cleanup {
    private final Stack stack;
    private final Provisioner provisioner;

    Cleanup(Stack stack, Provisioner provisioner) {
        this.stack = stack;
        this.provisioner = provisioner;
    }

    void run() throws IOException {
        for (StackResource resource : DeletionOrder.of(stack.garbage())) {
            // A replaced resource has another policy than a removed one.
            boolean isReplaced = stack.resource(resource.logicalId()).isPresent();
            String policy = isReplaced ? resource.updateReplacePolicy() : resource.deletionPolicy();
            if (provisioner.delete(resource, policy, false)) {
                stack.garbage().remove(resource);
            }
        }
    }
}
