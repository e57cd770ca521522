package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.resource.ResourceTypes;
import java.io.IOException;
import java.util.List;

/** Starts of operations on stacks, which continue in the background; the caller holds the store's lock. */
final class Operations {
    private final StackStore store;
    private final ResourceTypes types;
    private final OperationRunner runner;

    Operations(StackStore store, ResourceTypes types, OperationRunner runner) {
        this.store = store;
        this.types = types;
        this.runner = runner;
    }

    void create(Stack stack, Plan plan, String onFailure, String token) throws IOException {
        stack.planCreation(plan, onFailure);
        stack.begin("CREATE_IN_PROGRESS", token, Owner.thisProcess());
        begin(stack, new CreateOperation(stack, provisioner(stack), plan.template()));
    }

    void update(Stack stack, Plan plan, String token) throws IOException {
        stack.planUpdate(plan);
        stack.begin("UPDATE_IN_PROGRESS", token, Owner.thisProcess());
        begin(stack, new UpdateOperation(stack, provisioner(stack), plan.template()));
    }

    void continueRollback(Stack stack, String token) throws IOException {
        stack.begin("UPDATE_ROLLBACK_IN_PROGRESS", token, Owner.thisProcess());
        begin(stack, new RollbackOperation(stack, provisioner(stack)));
    }

    void delete(Stack stack, List<String> retained, String token) throws IOException {
        stack.begin("DELETE_IN_PROGRESS", token, Owner.thisProcess());
        begin(stack, new DeleteOperation(stack, provisioner(stack), DeleteOperation.retaining(retained)));
    }

    private Provisioner provisioner(Stack stack) {
        return new Provisioner(stack, store, types);
    }

    private void begin(Stack stack, Operation operation) throws IOException {
        store.save(stack);
        runner.run(stack, operation);
    }
}
