package io.github.lambdashell.emulator.cloudformation.stack;

import java.io.IOException;

/** Removes what an update has left over. What can't be removed is tried again with the stack's next operation. */
final class Cleanup {
    private final Stack stack;
    private final Provisioner provisioner;

    Cleanup(Stack stack, Provisioner provisioner) {
        this.stack = stack;
        this.provisioner = provisioner;
    }

    void run() throws IOException {
        for (StackResource resource : DeletionOrder.of(stack.garbage())) {
            // What another has taken the place of goes or stays by another word than what has no place any more.
            boolean isReplaced = stack.resource(resource.logicalId()).isPresent();
            String policy = isReplaced ? resource.updateReplacePolicy() : resource.deletionPolicy();
            if (provisioner.delete(resource, policy, false)) {
                stack.garbage().remove(resource);
            }
        }
    }
}
