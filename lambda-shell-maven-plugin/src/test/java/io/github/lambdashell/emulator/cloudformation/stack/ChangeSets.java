package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.resource.ResourceTypes;
import io.github.lambdashell.target.local.endpoint.AwsException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The change sets of the emulator's stacks; they are stored with their stacks. Safe for use by several threads. */
public final class ChangeSets {
    private final StackStore store;
    private final Planner planner;
    private final Operations operations;
    private final ResourceTypes types;

    /**
     * A change set and its stack.
     *
     * @param stack stack in its current state
     */
    public record Found(Stack stack, ChangeSet changeSet) {}

    ChangeSets(StackStore store, Planner planner, Operations operations, ResourceTypes types) {
        this.store = store;
        this.planner = planner;
        this.operations = operations;
        this.types = types;
    }

    /**
     * Creates a change set. If it is for a new stack, the stack is under review until the change set is executed.
     *
     * @throws AwsException 400 if the request is invalid for the stack
     */
    public Found create(ChangeSetRequest request) throws IOException {
        Refusal.checkName(request.name(), "changeSetName");
        return store.locked(() -> {
            store.forgetDeleted();
            String stackName = request.stack().stackName();
            Optional<Stack> existing = store.findLocked(stackName).filter(stack -> !stack.isDeleted());
            Stack stack = request.isCreation()
                    ? existing.orElseGet(() -> planner.newStack(stackName))
                    : existing.orElseThrow(() -> Refusal.missing(stackName));
            if (request.isCreation() && existing.isPresent() && !stack.isUnderReview()) {
                throw Refusal.validation("Stack [" + stack.name()
                        + "] already exists and cannot be created again with the changeSet [" + request.name() + "].");
            }
            if (!request.isCreation() && !stack.isUpdatable()) {
                throw Refusal.notUpdatable(stack);
            }
            Plan plan = planner.plan(stack, request.stack());
            Optional<ChangeSet> namesake =
                    stack.changeSets().find(request.name()).filter(found -> !found.isExecuted());
            if (namesake.isPresent()) {
                // A repeated request, whose response may have been lost, returns the same change set.
                checkSame(namesake.get(), plan.spec());
                return new Found(stack, namesake.get());
            }
            if (existing.isEmpty()) {
                stack.planCreation(plan, null);
                stack.review();
            }
            ChangeSet made = changeSet(request, stack, plan);
            stack.changeSets().add(made);
            store.save(stack);
            return new Found(stack, made);
        });
    }

    private static void checkSame(ChangeSet existing, StackSpec wanted) {
        StackSpec spec = existing.spec();
        if (!spec.equals(wanted)) {
            String attribute = !spec.template().equals(wanted.template())
                    ? "Template"
                    : !spec.parameters().equals(wanted.parameters())
                            ? "Parameters"
                            : !spec.tags().equals(wanted.tags()) ? "Tags" : "Capabilities";
            throw new AwsException(
                    400,
                    "AlreadyExistsException",
                    "ChangeSet " + existing.name() + " cannot be created due to a mismatch with existing attribute "
                            + attribute);
        }
    }

    private ChangeSet changeSet(ChangeSetRequest request, Stack stack, Plan plan) {
        Changes changes = new Changes(stack, plan, types);
        return new ChangeSet(
                planner.arn("changeSet", request.name()),
                request.name(),
                request.description(),
                Instant.now(),
                request.isCreation(),
                plan.spec(),
                plan.roleArn(),
                changes.resources(),
                changes.isEmpty() ? ChangeSet.EMPTY : null,
                false);
    }

    /**
     * Returns a change set.
     *
     * @param stackName name or id; null if the change set is identified by its id
     * @throws AwsException 400 if there is no such stack, 404 if it has no such change set
     */
    public Found get(String stackName, String nameOrId) throws IOException {
        Stack stack = stack(stackName, nameOrId);
        return new Found(stack, stack.changeSets().find(nameOrId).orElseThrow(() -> missing(nameOrId)));
    }

    private Stack stack(String stackName, String nameOrId) throws IOException {
        if (stackName != null) {
            return store.find(stackName)
                    .orElseThrow(() -> Refusal.validation("Stack [" + stackName + "] does not exist"));
        }
        if (!nameOrId.startsWith("arn:")) {
            throw Refusal.validation("StackName must be specified if ChangeSetName is not specified as an ARN.");
        }
        return store.list().stream()
                .filter(stack -> stack.changeSets().find(nameOrId).isPresent())
                .findFirst()
                .orElseThrow(() -> missing(nameOrId));
    }

    private static AwsException missing(String nameOrId) {
        return new AwsException(404, "ChangeSetNotFound", "ChangeSet [" + nameOrId + "] does not exist");
    }

    /**
     * Starts the operation of a change set. The stack's other change sets are deleted, because they don't match it any
     * more.
     *
     * @param stackName name or id; null if the change set is identified by its id
     * @param disableRollback whether the resources of a new stack remain if its creation fails
     * @param token null for none
     */
    public void execute(String stackName, String nameOrId, boolean disableRollback, String token) throws IOException {
        String stackId = get(stackName, nameOrId).stack().id();
        store.locked(() -> {
            Stack stack = store.findLocked(stackId).orElseThrow(() -> Refusal.missing(stackId));
            ChangeSet changeSet = stack.changeSets().find(nameOrId).orElseThrow(() -> missing(nameOrId));
            if (changeSet.isExecuted() && token != null && token.equals(stack.token())) {
                return null;
            }
            checkAvailable(stack, changeSet);
            if (changeSet.isCreation()) {
                stack.changeSets().execute(changeSet);
                operations.create(
                        stack, planner.plan(stack, changeSet), disableRollback ? "DO_NOTHING" : "ROLLBACK", token);
            } else if (disableRollback) {
                throw Refusal.validation("The local endpoint does not support DisableRollback of an update");
            } else {
                stack.changeSets().execute(changeSet);
                operations.update(stack, planner.plan(stack, changeSet), token);
            }
            return null;
        });
    }

    private static void checkAvailable(Stack stack, ChangeSet changeSet) {
        String state = changeSet.statusReason() != null
                ? "status of [" + changeSet.status() + "]"
                : "execution status of [" + changeSet.executionStatus(stack) + "]";
        if (!changeSet.executionStatus(stack).equals("AVAILABLE")) {
            throw invalid("ChangeSet [" + changeSet.id() + "] cannot be executed in its current " + state);
        }
        if (!stack.isUpdatable() && !stack.isUnderReview()) {
            throw invalid("Stack [" + stack.id() + "] is in " + stack.status() + " state and can not be updated.");
        }
    }

    private static AwsException invalid(String message) {
        return new AwsException(400, "InvalidChangeSetStatus", message);
    }

    /**
     * Deletes a change set; does nothing if it does not exist. The stack remains, even if it is under review.
     *
     * @param stackName name or id; null if the change set is identified by its id
     */
    public void delete(String stackName, String nameOrId) throws IOException {
        String stackId = stack(stackName, nameOrId).id();
        store.locked(() -> {
            Stack stack = store.findLocked(stackId).orElseThrow(() -> Refusal.missing(stackId));
            Optional<ChangeSet> found = stack.changeSets().find(nameOrId);
            if (found.isPresent()) {
                if (found.get().executionStatus(stack).equals("EXECUTE_IN_PROGRESS")) {
                    throw invalid("ChangeSet [" + found.get().id()
                            + "] cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]");
                }
                stack.changeSets().remove(found.get());
                store.save(stack);
            }
            return null;
        });
    }
}
