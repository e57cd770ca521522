package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.template.ResolvedTemplate;
import io.github.lambdashell.emulator.cloudformation.template.ResourceDeclaration;
import io.github.lambdashell.target.local.endpoint.AwsException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The update of a stack to a template; if it fails, it is rolled back. */
final class UpdateOperation implements Operation {
    private final Stack stack;
    private final Provisioner provisioner;
    private final ResolvedTemplate template;

    UpdateOperation(Stack stack, Provisioner provisioner, ResolvedTemplate template) {
        this.stack = stack;
        this.provisioner = provisioner;
        this.template = template;
    }

    @Override
    public void run() throws IOException {
        Map<String, String> previousTags = stack.restore().spec().tags();
        for (ResourceDeclaration declaration : template.resources()) {
            Optional<StackResource> resource = stack.resource(declaration.logicalId());
            boolean done = resource.isPresent()
                    ? provisioner.update(resource.get(), declaration, template, previousTags)
                    : provisioner.create(declaration, template);
            if (!done) {
                String verb = resource.isPresent() ? "update" : "create";
                rollBack("The following resource(s) failed to " + verb + ": [" + declaration.logicalId() + "]. ");
                return;
            }
        }
        try {
            stack.outputs(Outputs.of(template, provisioner.evaluator(template)));
        } catch (AwsException e) {
            rollBack(e.getMessage());
            return;
        }
        discardRemoved();
        stack.forgetRestore();
        provisioner.stackStatus("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", null);
        new Cleanup(stack, provisioner).run();
        provisioner.stackStatus("UPDATE_COMPLETE", null);
    }

    private void discardRemoved() {
        Set<String> wanted = template.resources().stream()
                .map(ResourceDeclaration::logicalId)
                .collect(Collectors.toSet());
        List<StackResource> removed = stack.resources().stream()
                .filter(resource -> !wanted.contains(resource.logicalId()))
                .toList();
        stack.resources().removeAll(removed);
        stack.garbage().addAll(removed);
    }

    private void rollBack(String reason) throws IOException {
        provisioner.stackStatus("UPDATE_ROLLBACK_IN_PROGRESS", reason);
        new RollbackOperation(stack, provisioner).run();
    }
}
