package io.github.lambdashell.fake;

import io.github.lambdashell.fault.HttpAnswer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * CloudFormation's validation before deployment, whose errors are not among the events of a stack, but of its
 * operations. Words, order and missing fields are as AWS answered in 2026-09.
 */
final class FakeValidation {
    static final String FAILED = "Validation failed with %d error(s). Call DescribeEvents to retrieve the full list of"
            + " issues with resource and property details, resolve each error, then retry the operation.";
    static final String ROLLBACK = "Validation failure detected. See the operation's FAILED event for details.";

    private final Map<String, Deque<List<Invalid>>> planned = new TreeMap<>();
    /** Events of failed operations as XML, the oldest first, by the stack's ID. */
    private final Map<String, List<String>> events = new TreeMap<>();

    /**
     * An error of the validation.
     *
     * @param path path in the template, such as {@code /Resources/ShellFunction/Properties/Runtime}
     * @param mode FAIL, or WARN if the operation does not fail for it
     */
    record Invalid(String resource, String type, String path, String reason, String mode) {}

    void plan(String operation, List<Invalid> errors) {
        planned.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(errors);
    }

    /** Validates an operation of a stack and returns its errors. */
    List<Invalid> validate(FakeStack stack, String operation) {
        Deque<List<Invalid>> next = planned.get(operation);
        List<Invalid> errors = next == null || next.isEmpty() ? List.of() : next.poll();
        for (Invalid error : errors) {
            add(
                    stack,
                    "VALIDATION_ERROR",
                    error.resource,
                    error.type,
                    "<ValidationFailureMode>" + error.mode
                            + "</ValidationFailureMode><ValidationName>PROPERTY_VALIDATION</ValidationName>"
                            + "<ValidationStatus>FAILED</ValidationStatus><ValidationStatusReason>"
                            + HttpAnswer.escape(error.reason) + "</ValidationStatusReason><ValidationPath>" + error.path
                            + "</ValidationPath>");
        }
        if (!errors.isEmpty()) {
            add(
                    stack,
                    "PROVISIONING_ERROR",
                    stack.name,
                    "AWS::CloudFormation::Stack",
                    "<ResourceStatus>" + operation + "_FAILED</ResourceStatus><ResourceStatusReason>"
                            + HttpAnswer.escape(FAILED.formatted(errors.size())) + "</ResourceStatusReason>");
        }
        return errors;
    }

    private void add(FakeStack stack, String eventType, String resource, String type, String xml) {
        events.computeIfAbsent(stack.id, key -> new ArrayList<>())
                .add("<member><StackId>" + stack.id + "</StackId><OperationId>" + stack.operation
                        + "</OperationId><EventType>" + eventType + "</EventType><LogicalResourceId>" + resource
                        + "</LogicalResourceId><PhysicalResourceId></PhysicalResourceId><ResourceType>" + type
                        + "</ResourceType><Timestamp>" + Instant.now() + "</Timestamp>" + xml + "</member>");
    }

    /** Returns the failed events of a stack's operations, the newest first, one in each page. */
    HttpAnswer describe(FakeStack stack, Map<String, String> form) {
        if (!"true".equals(form.get("Filters.FailedEvents"))) {
            return HttpAnswer.queryError(400, "ValidationError", "the fake account has failed events only");
        }
        List<String> all = events.getOrDefault(stack.id, List.of());
        int end = Integer.parseInt(form.getOrDefault("NextToken", String.valueOf(all.size())));
        String page =
                all.stream().skip(Math.max(0, end - 1)).limit(Math.min(1, end)).collect(Collectors.joining());
        return HttpAnswer.xml("<DescribeEventsResponse><DescribeEventsResult><OperationEvents>" + page
                + "</OperationEvents>" + (end > 1 ? "<NextToken>" + (end - 1) + "</NextToken>" : "")
                + "</DescribeEventsResult></DescribeEventsResponse>");
    }
}
