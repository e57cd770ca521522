package io.github.lambdashell.fake;

import io.github.lambdashell.fake.FakeStack.FakeEvent;
import io.github.lambdashell.fake.FakeStack.FakeResource;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.fault.HttpCall;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Stacks whose operations end after a number of polls, with the result that the test sets. */
public final class FakeCloudFormation {
    private static final String STACK = "AWS::CloudFormation::Stack";
    private static final String WAIT = "AWS::CloudFormation::WaitCondition";
    private static final Set<String> UPDATABLE = Set.of(
            "CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_FAILED", "IMPORT_COMPLETE");

    private final FakeS3 s3;
    private final List<FakeStack> stacks = new ArrayList<>();
    private final Map<String, Deque<Failure>> failures = new TreeMap<>();
    private final FakeValidation validation = new FakeValidation();
    private boolean loose;
    private final FakeStackXml xml = new FakeStackXml();
    private boolean waits = true;
    private int looks = 2;
    private int number;
    private int operations;

    FakeCloudFormation(FakeS3 s3) {
        this.s3 = s3;
    }

    private record Failure(String resource, String reason) {}

    /** Omits the values that emulators omit: the events' tokens, reasons and physical ids. */
    public void beLoose() {
        loose = true;
        xml.beLoose();
    }

    /** Omits an output of all stacks from responses. */
    public void hideOutput(String name) {
        xml.hideOutput(name);
    }

    /** Completes wait conditions at once, as emulators do. */
    public void waitForNothing() {
        waits = false;
    }

    /** Sets the number of polls that each following operation takes. */
    public void takeLooks(int number) {
        looks = number;
    }

    /**
     * Makes the next operation of a kind fail.
     *
     * @param operation CREATE, UPDATE or DELETE
     * @param resource logical id of the resource
     */
    public void failNext(String operation, String resource, String reason) {
        failures.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(new Failure(resource, reason));
    }

    /**
     * Makes the validation of the next operation of a kind fail.
     *
     * @param operation CREATE or UPDATE
     * @param errors resource, type, path, reason and mode of each error
     */
    public void failValidationOfNext(String operation, String[]... errors) {
        validation.plan(
                operation,
                Stream.of(errors)
                        .map(error -> new FakeValidation.Invalid(error[0], error[1], error[2], error[3], error[4]))
                        .toList());
    }

    /** Creates a stack with the tags of this plugin. */
    public FakeStack given(String name, String status) {
        return givenForeign(name, status).tag("lshell:stack", name).tag("lshell:owner", "alice");
    }

    /** Creates a stack without the tags of this plugin. */
    public synchronized FakeStack givenForeign(String name, String status) {
        FakeStack stack = new FakeStack(name, ++number, status);
        stacks.add(stack);
        return stack;
    }

    /** Returns the stack of that name that is not deleted; empty if there is none. */
    public synchronized Optional<FakeStack> find(String nameOrId) {
        return stacks.stream()
                .filter(stack -> stack.id.equals(nameOrId)
                        || stack.name.equals(nameOrId) && !stack.status.equals("DELETE_COMPLETE"))
                .findFirst();
    }

    /** Returns the number of stacks that have been created, deleted ones included. */
    public synchronized int made() {
        return number;
    }

    /** Returns the names of the stacks that are not deleted. */
    public synchronized List<String> names() {
        return stacks.stream()
                .filter(stack -> !stack.status.equals("DELETE_COMPLETE"))
                .map(stack -> stack.name)
                .toList();
    }

    synchronized HttpAnswer answer(HttpCall call) {
        Map<String, String> form = call.form();
        String name = form.get("StackName");
        return switch (call.operation()) {
            case "CreateStack" -> create(name, form);
            case "DescribeStacks" -> describe(name);
            case "UpdateStack" -> find(name).map(stack -> update(stack, form)).orElseGet(() -> missing(name));
            case "DeleteStack" ->
                find(name).map(stack -> delete(stack, form)).orElseGet(() -> result("DeleteStack", ""));
            case "DescribeStackEvents" -> find(name).map(this::events).orElseGet(() -> missing(name));
            case "SignalResource" ->
                find(name).map(stack -> signal(stack, form)).orElseGet(() -> missing(name));
            case "DescribeEvents" ->
                find(name).map(stack -> validation.describe(stack, form)).orElseGet(() -> missing(name));
            case "DescribeStackResources" ->
                find(name)
                        .map(stack -> result("DescribeStackResources", xml.resources(stack)))
                        .orElseGet(() -> missing(name));
            default -> HttpAnswer.queryError(400, "InvalidAction", "Could not find operation " + call.operation());
        };
    }

    private HttpAnswer create(String name, Map<String, String> form) {
        if (find(name).isPresent()) {
            return HttpAnswer.queryError(400, "AlreadyExistsException", "Stack [" + name + "] already exists");
        }
        FakeStack stack = given(name, "CREATE_IN_PROGRESS");
        stack.tags.clear();
        configure(stack, form);
        stack.express = FakeStack.isExpress(form);
        String bad = stack.express ? "CREATE_FAILED" : "ROLLBACK_COMPLETE";
        run(stack, "CREATE", form.get("ClientRequestToken"), "CREATE_COMPLETE", bad);
        return result("CreateStack", started(stack));
    }

    private HttpAnswer update(FakeStack stack, Map<String, String> form) {
        if (!UPDATABLE.contains(stack.status)) {
            return HttpAnswer.queryError(
                    400,
                    "ValidationError",
                    "Stack:" + stack.id + " is in " + stack.status + " state and can not be updated.");
        }
        if (stack.isRefusedForItsMode(form)) {
            return stack.refusedForItsMode();
        }
        String template = stack.template;
        Map<String, String> parameters = Map.copyOf(stack.parameters);
        Map<String, String> tags = Map.copyOf(stack.tags);
        configure(stack, form);
        if (template.equals(stack.template) && parameters.equals(stack.parameters) && tags.equals(stack.tags)) {
            return HttpAnswer.queryError(400, "ValidationError", "No updates are to be performed.");
        }
        stack.express = FakeStack.isExpress(form);
        run(stack, "UPDATE", form.get("ClientRequestToken"), "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE");
        stack.rollback = () -> {
            stack.template = template;
            stack.parameters.putAll(parameters);
            stack.tags.putAll(tags);
        };
        return result("UpdateStack", started(stack));
    }

    /** Lets a creation go on that waits for the code, which must be in the bucket then. */
    private HttpAnswer signal(FakeStack stack, Map<String, String> form) {
        String resource = form.get("LogicalResourceId");
        if (!stack.waiting || !"CodeUploaded".equals(resource)) {
            return HttpAnswer.queryError(
                    400,
                    "ValidationError",
                    "Resource " + resource + " is in " + stack.status + " and cannot be signaled");
        }
        String key = stack.parameters.get("CodeKey");
        if (s3.versions(stack.resources.get("Bucket").physicalId()).stream()
                .noneMatch(version -> version.key().equals(key))) {
            throw new IllegalStateException("signalled before the code is uploaded");
        }
        stack.waiting = false;
        stack.resources.put("CodeUploaded", new FakeResource(WAIT, "CodeUploaded", "CREATE_COMPLETE"));
        event(stack, stack.token, resource, WAIT, "CREATE_COMPLETE", "");
        return result("SignalResource", "");
    }

    private HttpAnswer delete(FakeStack stack, Map<String, String> form) {
        if (stack.terminationProtection) {
            return HttpAnswer.queryError(
                    400,
                    "ValidationError",
                    "Stack [" + stack.name + "] cannot be deleted while TerminationProtection is enabled");
        }
        if (stack.status.startsWith("UPDATE_") && stack.status.endsWith("_IN_PROGRESS")) {
            return HttpAnswer.queryError(
                    400,
                    "ValidationError",
                    "Stack [" + stack.name + "] cannot be deleted while in status " + stack.status);
        }
        if (stack.isRefusedForItsMode(form)) {
            return stack.refusedForItsMode();
        }
        stack.express = FakeStack.isExpress(form);
        run(stack, "DELETE", form.get("ClientRequestToken"), "DELETE_COMPLETE", "DELETE_FAILED");
        return result("DeleteStack", "");
    }

    /** Emulators return no ID of the operation. */
    private String started(FakeStack stack) {
        return "<StackId>" + stack.id + "</StackId>"
                + (loose ? "" : "<OperationId>" + stack.operation + "</OperationId>");
    }

    private static void configure(FakeStack stack, Map<String, String> form) {
        stack.template = form.getOrDefault("TemplateBody", stack.template);
        pairs(form, "Parameters.member.", ".ParameterKey", ".ParameterValue", stack.parameters);
        pairs(form, "Tags.member.", ".Key", ".Value", stack.tags);
    }

    private static void pairs(
            Map<String, String> form, String prefix, String key, String value, Map<String, String> into) {
        for (int i = 1; form.containsKey(prefix + i + key); i++) {
            into.put(form.get(prefix + i + key), form.getOrDefault(prefix + i + value, ""));
        }
    }

    private void run(FakeStack stack, String operation, String token, String good, String bad) {
        stack.status = operation + "_IN_PROGRESS";
        stack.token = token;
        stack.waiting = false;
        stack.operation = "operation-" + ++operations;
        event(stack, token, stack.name, STACK, stack.status, "User Initiated");
        Deque<Failure> planned = failures.getOrDefault(operation, new ArrayDeque<>());
        boolean awaitsCode = operation.equals("CREATE")
                && !stack.parameters.getOrDefault("AwaitCode", "").isEmpty();
        if (waits && awaitsCode && (planned.isEmpty() || planned.peek().resource.equals("ShellFunction"))) {
            makeMissing(stack, token, stack.typesBeforeCode());
            event(stack, token, "CodeUploaded", WAIT, "CREATE_IN_PROGRESS", "");
            stack.resources.put("CodeUploaded", new FakeResource(WAIT, "CodeUploaded", "CREATE_IN_PROGRESS"));
            stack.waiting = true;
        }
        stack.looks = looks;
        stack.end = () -> {
            int invalid = validation.validate(stack, operation).size();
            if (invalid > 0) {
                String reason = FakeValidation.FAILED.formatted(invalid);
                event(stack, token, stack.name, STACK, operation + "_FAILED", reason);
                event(stack, token, stack.name, STACK, "ROLLBACK_IN_PROGRESS", FakeValidation.ROLLBACK);
            }
            boolean success = invalid == 0
                    && (operation.equals("DELETE")
                            ? deleteResources(stack, token, planned)
                            : makeResources(stack, operation, token, planned));
            stack.status = success ? good : bad;
            if (!success) {
                stack.rollback.run();
            }
            event(stack, token, stack.name, STACK, stack.status, "");
        };
    }

    private boolean makeResources(FakeStack stack, String operation, String token, Deque<Failure> planned) {
        Map<String, String> types = stack.typesBeforeCode();
        if (stack.isInline() || !stack.parameters.getOrDefault("CodeKey", "").isEmpty()) {
            types.put("ShellFunction", "AWS::Lambda::Function");
        }
        Failure failure = planned.poll();
        if (failure != null) {
            String type = types.getOrDefault(failure.resource, "AWS::Lambda::Function");
            types.keySet().stream()
                    .filter(other -> !other.equals(failure.resource))
                    .findFirst()
                    .ifPresent(other -> event(
                            stack,
                            token,
                            other,
                            types.get(other),
                            operation + "_FAILED",
                            "Resource creation cancelled"));
            event(stack, token, failure.resource, type, operation + "_FAILED", failure.reason);
            return false;
        }
        makeMissing(stack, token, types);
        return true;
    }

    private void makeMissing(FakeStack stack, String token, Map<String, String> types) {
        types.forEach((resource, type) -> {
            if (!stack.resources.containsKey(resource)) {
                make(stack, resource, type);
                event(stack, token, resource, type, "CREATE_IN_PROGRESS", "");
                event(stack, token, resource, type, "CREATE_COMPLETE", "");
            }
        });
    }

    private void make(FakeStack stack, String resource, String type) {
        String physicalId = (stack.name + "-" + resource + "-abc123").toLowerCase(java.util.Locale.ROOT);
        if (type.equals("AWS::S3::Bucket")) {
            s3.makeBucket(physicalId);
        }
        stack.resources.put(resource, new FakeResource(type, physicalId, "CREATE_COMPLETE"));
    }

    private boolean deleteResources(FakeStack stack, String token, Deque<Failure> planned) {
        Failure failure = planned.poll();
        boolean success = true;
        for (Map.Entry<String, FakeResource> entry : Map.copyOf(stack.resources).entrySet()) {
            FakeResource resource = entry.getValue();
            boolean bucket = resource.type().equals("AWS::S3::Bucket");
            String reason = null;
            if (failure != null && failure.resource.equals(entry.getKey())) {
                reason = failure.reason;
            } else if (bucket
                    && s3.hasBucket(resource.physicalId())
                    && !s3.versions(resource.physicalId()).isEmpty()) {
                reason = "The bucket you tried to delete is not empty (Service: S3, Status Code: 409)";
            }
            if (reason == null) {
                stack.resources.remove(entry.getKey());
                if (bucket) {
                    s3.removeBucket(resource.physicalId());
                }
                event(stack, token, entry.getKey(), resource.type(), "DELETE_COMPLETE", "");
            } else {
                stack.resources.put(
                        entry.getKey(), new FakeResource(resource.type(), resource.physicalId(), "DELETE_FAILED"));
                event(stack, token, entry.getKey(), resource.type(), "DELETE_FAILED", reason);
                success = false;
            }
        }
        return success;
    }

    private void event(FakeStack stack, String token, String resource, String type, String status, String reason) {
        stack.events.add(
                0,
                new FakeEvent(
                        "e" + stack.events.size(),
                        loose ? null : token,
                        resource,
                        type,
                        status,
                        reason,
                        Instant.now().toString()));
    }

    private HttpAnswer describe(String name) {
        if (name == null) {
            StringBuilder all = new StringBuilder();
            stacks.stream()
                    .filter(stack -> !stack.status.equals("DELETE_COMPLETE"))
                    .forEach(stack -> all.append(xml.stack(stack)));
            return result("DescribeStacks", "<Stacks>" + all + "</Stacks>");
        }
        Optional<FakeStack> found = find(name);
        if (found.isEmpty()) {
            return missing(name);
        }
        FakeStack stack = found.get();
        advance(stack);
        return result("DescribeStacks", "<Stacks>" + xml.stack(stack) + "</Stacks>");
    }

    private HttpAnswer events(FakeStack stack) {
        advance(stack);
        return result("DescribeStackEvents", xml.events(stack));
    }

    /** Ends the operation in progress after its polls. */
    private static void advance(FakeStack stack) {
        if (stack.end != null && !stack.waiting && --stack.looks < 0) {
            Runnable end = stack.end;
            stack.end = null;
            end.run();
        }
    }

    private static HttpAnswer result(String operation, String xml) {
        return HttpAnswer.xml("<" + operation + "Response><" + operation + "Result>" + xml + "</" + operation
                + "Result></" + operation + "Response>");
    }

    private static HttpAnswer missing(String name) {
        return HttpAnswer.queryError(400, "ValidationError", "Stack with id " + name + " does not exist");
    }
}
