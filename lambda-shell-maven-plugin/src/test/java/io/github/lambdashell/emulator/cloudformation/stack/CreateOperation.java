package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.template.ResolvedTemplate;
import io.github.lambdashell.emulator.cloudformation.template.ResourceDeclaration;
import io.github.lambdashell.target.local.endpoint.AwsException;
import java.io.IOException;

/** The creation of a stack's resources; if one fails, the others are deleted again. */
final class CreateOperation implements Operation {
    private final Stack stack;
    private final Provisioner provisioner;
    private final ResolvedTemplate template;

    CreateOperation(Stack stack, Provisioner provisioner, ResolvedTemplate template) {
        this.stack = stack;
        this.provisioner = provisioner;
        this.template = template;
    }

    @Override
    public void run() throws IOException {
        for (ResourceDeclaration resource : template.resources()) {
            if (!provisioner.create(resource, template)) {
                fail("The following resource(s) failed to create: [" + resource.logicalId() + "]. ");
                return;
            }
        }
        try {
            stack.outputs(Outputs.of(template, provisioner.evaluator(template)));
        } catch (AwsException e) {
            fail(e.getMessage() + " ");
            return;
        }
        provisioner.stackStatus("CREATE_COMPLETE", null);
    }

    private void fail(String reason) throws IOException {
        switch (stack.onFailure()) {
            case "DO_NOTHING" -> provisioner.stackStatus("CREATE_FAILED", reason);
            case "DELETE" -> {
                provisioner.stackStatus("DELETE_IN_PROGRESS", reason + "Delete requested by user.");
                new DeleteOperation(stack, provisioner, DeleteOperation.OF_STACK).run();
            }
            default -> {
                provisioner.stackStatus("ROLLBACK_IN_PROGRESS", reason + "Rollback requested by user.");
                new DeleteOperation(stack, provisioner, DeleteOperation.OF_ROLLBACK).run();
            }
        }
    }
}
