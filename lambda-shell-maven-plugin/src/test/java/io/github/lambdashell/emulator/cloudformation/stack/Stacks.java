package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.resource.Place;
import io.github.lambdashell.emulator.cloudformation.resource.ResourceTypes;
import io.github.lambdashell.emulator.cloudformation.template.Template;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The stacks of the emulator. Their operations are started here and continue in the background. Safe for use by several
 * threads.
 */
public final class Stacks implements AutoCloseable {
    private final StackStore store;
    private final Planner planner;
    private final ResourceTypes types;
    private final OperationRunner runner;
    private final Operations operations;

    public Stacks(Place place, StateDirectory state, ResourceTypes types) {
        this.store = new StackStore(state);
        this.planner = new Planner(place, types);
        this.types = types;
        this.runner = new OperationRunner(store);
        this.operations = new Operations(store, types, runner);
    }

    /** Returns the change sets of these stacks. */
    public ChangeSets changeSets() {
        return new ChangeSets(store, planner, operations, types);
    }

    /** Parses and validates a template. */
    public Template parse(String template) {
        return planner.parse(template);
    }

    /** Finds a stack by its name, unless it is deleted, or by its id. */
    public Optional<Stack> find(String nameOrId) throws IOException {
        return store.find(nameOrId);
    }

    /**
     * Returns a stack.
     *
     * @throws AwsException 400 if there is none
     */
    public Stack get(String nameOrId) throws IOException {
        return find(nameOrId).orElseThrow(() -> Refusal.missing(nameOrId));
    }

    /** Returns all stacks, recently deleted ones included, the newest first. */
    public List<Stack> list() throws IOException {
        return store.list();
    }

    /**
     * Starts the creation of a stack.
     *
     * @return its id
     */
    public String create(StackRequest request) throws IOException {
        Stack stack = planner.newStack(request.stackName());
        Plan plan = planner.plan(stack, request);
        stack.protect(request.terminationProtection());
        return store.locked(() -> {
            store.forgetDeleted();
            Optional<Stack> existing = store.findLocked(request.stackName());
            if (existing.isPresent()) {
                if (request.token() != null
                        && request.token().equals(existing.get().token())) {
                    // A repeated request, whose response was lost.
                    return existing.get().id();
                }
                throw new AwsException(
                        400, "AlreadyExistsException", "Stack [" + request.stackName() + "] already exists");
            }
            operations.create(stack, plan, request.onFailure(), request.token());
            return stack.id();
        });
    }

    /**
     * Starts the update of a stack.
     *
     * @return its id
     */
    public String update(StackRequest request) throws IOException {
        return store.locked(() -> {
            Stack stack = store.findLocked(request.stackName()).orElseThrow(() -> Refusal.missing(request.stackName()));
            if (request.token() != null && request.token().equals(stack.token())) {
                return stack.id();
            }
            if (!stack.isUpdatable()) {
                throw Refusal.notUpdatable(stack);
            }
            Plan plan = planner.plan(stack, request);
            if (new Changes(stack, plan, types).isEmpty()) {
                throw Refusal.validation("No updates are to be performed.");
            }
            stack.changeSets().clear();
            operations.update(stack, plan, request.token());
            return stack.id();
        });
    }

    /** Signals a resource of a stack that is being created. */
    public void signal(String nameOrId, String logicalId) throws IOException {
        if (!types.waitConditions().signal(get(nameOrId).id(), logicalId)) {
            throw Refusal.validation("Resource " + logicalId + " does not wait for a signal");
        }
    }

    /** Starts the rollback of a stack whose update and first rollback failed. */
    public void continueRollback(String nameOrId, String token) throws IOException {
        store.locked(() -> {
            Stack stack = store.findLocked(nameOrId).orElseThrow(() -> Refusal.missing(nameOrId));
            if (!stack.status().equals("UPDATE_ROLLBACK_FAILED")) {
                throw Refusal.validation("Stack:" + stack.id() + " is in " + stack.status()
                        + " state and can not continue update rollback.");
            }
            operations.continueRollback(stack, token);
            return null;
        });
    }

    /**
     * Starts the deletion of a stack; does nothing if it does not exist.
     *
     * @param retained logical ids of resources that remain
     */
    public void delete(String nameOrId, List<String> retained, String token) throws IOException {
        runner.awaitCreation(nameOrId);
        store.locked(() -> {
            Optional<Stack> found = store.findLocked(nameOrId).filter(stack -> !stack.isDeleted());
            if (found.isEmpty() || found.get().status().equals("DELETE_IN_PROGRESS")) {
                return null;
            }
            Stack stack = found.get();
            if (stack.terminationProtection()) {
                throw Refusal.validation(
                        "Stack [" + stack.name() + "] cannot be deleted while TerminationProtection is enabled");
            }
            if (stack.isInProgress()) {
                throw Refusal.validation(
                        "Stack [" + stack.name() + "] cannot be deleted while in status " + stack.status());
            }
            if (!retained.isEmpty() && !stack.status().equals("DELETE_FAILED")) {
                throw Refusal.validation("Invalid operation on stack [" + stack.id()
                        + "]. Retaining resources is only supported for stacks in the DELETE_FAILED state");
            }
            stack.changeSets().clear();
            operations.delete(stack, retained, token);
            return null;
        });
    }

    /**
     * Sets the termination protection of a stack.
     *
     * @return its id
     */
    public String protect(String nameOrId, boolean isProtected) throws IOException {
        return store.locked(() -> {
            Stack stack = store.findLocked(nameOrId)
                    .filter(found -> !found.isDeleted())
                    .orElseThrow(() -> Refusal.missing(nameOrId));
            if (stack.isInProgress()) {
                throw Refusal.validation("Stack [" + stack.name() + "] is in " + stack.status() + " state");
            }
            stack.protect(isProtected);
            store.save(stack);
            return stack.id();
        });
    }

    /** Waits until all operations have ended. */
    @Override
    public void close() {
        runner.close();
    }
}
