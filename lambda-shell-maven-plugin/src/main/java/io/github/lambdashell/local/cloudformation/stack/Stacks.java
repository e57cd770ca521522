package io.github.lambdashell.local.cloudformation.stack;

import io.github.lambdashell.local.cloudformation.resource.Place;
import io.github.lambdashell.local.cloudformation.resource.ResourceTypes;
import io.github.lambdashell.local.cloudformation.template.ParameterValues;
import io.github.lambdashell.local.cloudformation.template.ResolvedTemplate;
import io.github.lambdashell.local.cloudformation.template.Template;
import io.github.lambdashell.local.http.AwsException;
import io.github.lambdashell.local.state.StateDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The stacks of this machine. Operations are begun here, and go on in the background. Safe for several threads. */
public final class Stacks implements AutoCloseable {
    private static final Set<String> UPDATABLE =
            Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE");

    private final Place place;
    private final StackStore store;
    private final ResourceTypes types;
    private final OperationRunner runner;

    public Stacks(Place place, StateDirectory state, ResourceTypes types) {
        this.place = place;
        this.store = new StackStore(state);
        this.types = types;
        this.runner = new OperationRunner(store);
    }

    /** Reads a template and checks it. */
    public Template parse(String template) {
        return Template.parse(template, types);
    }

    /** A stack by its name, unless it is deleted, or by its id. */
    public Optional<Stack> find(String nameOrId) throws IOException {
        return store.find(nameOrId);
    }

    /** @throws AwsException 400 when there is none */
    public Stack get(String nameOrId) throws IOException {
        return find(nameOrId).orElseThrow(() -> missing(nameOrId));
    }

    /** All stacks, for a while deleted ones too; the newest first. */
    public List<Stack> list() throws IOException {
        return store.list();
    }

    private static AwsException missing(String nameOrId) {
        return refusal("Stack with id " + nameOrId + " does not exist");
    }

    private static AwsException refusal(String message) {
        return new AwsException(400, "ValidationError", message);
    }

    /**
     * Begins to make a stack.
     *
     * @return its id
     */
    public String create(StackRequest request) throws IOException {
        checkName(request.stackName());
        String id = place.arn("cloudformation", "stack/" + request.stackName() + "/" + UUID.randomUUID());
        Template template = parse(request.template());
        ResolvedTemplate resolved = resolve(template, request.parameters(), request.stackName(), id);
        Capabilities.check(template, request.capabilities());
        Stack stack = new Stack(id, request.stackName(), Instant.now());
        stack.planCreation(
                spec(request, request.template(), resolved, Map.of()),
                template.description(),
                request.onFailure(),
                request.roleArn());
        stack.protect(request.terminationProtection());
        return store.locked(() -> {
            store.forgetDeleted();
            Optional<Stack> existing = store.findLocked(request.stackName());
            if (existing.isPresent()) {
                if (request.token() != null
                        && request.token().equals(existing.get().token())) {
                    // The same request once more, because its answer was lost.
                    return existing.get().id();
                }
                throw new AwsException(
                        400, "AlreadyExistsException", "Stack [" + request.stackName() + "] already exists");
            }
            stack.begin("CREATE_IN_PROGRESS", request.token(), Owner.thisProcess());
            return begin(stack, new CreateOperation(stack, provisioner(stack), resolved));
        });
    }

    private static void checkName(String name) {
        if (!StackStore.isName(name)) {
            String constraint = name.length() > 128
                    ? "Member must have length less than or equal to 128"
                    : "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*";
            throw refusal("1 validation error detected: Value '" + name
                    + "' at 'stackName' failed to satisfy constraint: " + constraint);
        }
    }

    /**
     * Begins to change a stack.
     *
     * @return its id
     */
    public String update(StackRequest request) throws IOException {
        return store.locked(() -> {
            Stack stack = store.findLocked(request.stackName()).orElseThrow(() -> missing(request.stackName()));
            if (request.token() != null && request.token().equals(stack.token())) {
                return stack.id();
            }
            if (!UPDATABLE.contains(stack.status())) {
                throw refusal("Stack:" + stack.id() + " is in " + stack.status() + " state and can not be updated.");
            }
            String text = request.template() == null ? stack.spec().template() : request.template();
            Template template = parse(text);
            ResolvedTemplate resolved = resolve(template, parameters(request, stack), stack.name(), stack.id());
            Capabilities.check(template, request.capabilities());
            StackSpec spec = spec(request, text, resolved, stack.spec().tags());
            Provisioner provisioner = provisioner(stack);
            if (!Changes.between(stack, resolved, spec.tags(), provisioner.evaluator(resolved))) {
                throw refusal("No updates are to be performed.");
            }
            stack.planUpdate(spec, template.description(), request.roleArn());
            stack.begin("UPDATE_IN_PROGRESS", request.token(), Owner.thisProcess());
            return begin(stack, new UpdateOperation(stack, provisioner, resolved));
        });
    }

    private static Map<String, String> parameters(StackRequest request, Stack stack) {
        Map<String, String> parameters = new LinkedHashMap<>(request.parameters());
        for (String name : request.previousParameters()) {
            String previous = stack.spec().parameters().get(name);
            if (previous == null) {
                throw refusal("Invalid input for parameter key " + name
                        + ". Cannot specify usePreviousValue as true for a parameter key not in the previous template");
            }
            parameters.put(name, previous);
        }
        return parameters;
    }

    private static StackSpec spec(
            StackRequest request, String text, ResolvedTemplate resolved, Map<String, String> previousTags) {
        return new StackSpec(
                text,
                resolved.parameters().given(),
                request.tags() == null ? previousTags : request.tags(),
                request.capabilities());
    }

    private ResolvedTemplate resolve(Template template, Map<String, String> parameters, String name, String id) {
        Map<String, Object> pseudo = new HashMap<>();
        pseudo.put("AWS::AccountId", place.accountId());
        pseudo.put("AWS::NotificationARNs", List.of());
        pseudo.put("AWS::Partition", place.partition());
        pseudo.put("AWS::Region", place.region());
        pseudo.put("AWS::StackId", id);
        pseudo.put("AWS::StackName", name);
        pseudo.put("AWS::URLSuffix", place.urlSuffix());
        return new ResolvedTemplate(template, ParameterValues.of(template, parameters, pseudo));
    }

    /**
     * Begins to bring a stack back whose update failed, and whose way back failed too.
     */
    public void continueRollback(String nameOrId, String token) throws IOException {
        store.locked(() -> {
            Stack stack = store.findLocked(nameOrId).orElseThrow(() -> missing(nameOrId));
            if (!stack.status().equals("UPDATE_ROLLBACK_FAILED")) {
                throw refusal("Stack:" + stack.id() + " is in " + stack.status()
                        + " state and can not continue update rollback.");
            }
            stack.begin("UPDATE_ROLLBACK_IN_PROGRESS", token, Owner.thisProcess());
            return begin(stack, new RollbackOperation(stack, provisioner(stack)));
        });
    }

    /**
     * Begins to remove a stack. One that isn't there is no fault.
     *
     * @param retained logical ids of resources that stay
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
                throw refusal("Stack [" + stack.name() + "] cannot be deleted while TerminationProtection is enabled");
            }
            if (stack.isInProgress()) {
                throw refusal("Stack [" + stack.name() + "] cannot be deleted while in status " + stack.status());
            }
            if (!retained.isEmpty() && !stack.status().equals("DELETE_FAILED")) {
                throw refusal("Invalid operation on stack [" + stack.id()
                        + "]. Retaining resources is only supported for stacks in the DELETE_FAILED state");
            }
            stack.begin("DELETE_IN_PROGRESS", token, Owner.thisProcess());
            return begin(stack, new DeleteOperation(stack, provisioner(stack), DeleteOperation.retaining(retained)));
        });
    }

    /**
     * Lets a stack be deleted, or not.
     *
     * @return its id
     */
    public String protect(String nameOrId, boolean isProtected) throws IOException {
        return store.locked(() -> {
            Stack stack = store.findLocked(nameOrId)
                    .filter(found -> !found.isDeleted())
                    .orElseThrow(() -> missing(nameOrId));
            if (stack.isInProgress()) {
                throw refusal("Stack [" + stack.name() + "] is in " + stack.status() + " state");
            }
            stack.protect(isProtected);
            store.save(stack);
            return stack.id();
        });
    }

    private Provisioner provisioner(Stack stack) {
        return new Provisioner(stack, store, types);
    }

    private String begin(Stack stack, Operation operation) throws IOException {
        store.save(stack);
        runner.run(stack, operation);
        return stack.id();
    }

    /** Waits until what is under way has come to its end. */
    @Override
    public void close() {
        runner.close();
    }
}
