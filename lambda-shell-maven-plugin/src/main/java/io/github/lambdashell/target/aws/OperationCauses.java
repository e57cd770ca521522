package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.OperationEvent;

/**
 * The causes of a failed operation that CloudFormation does not put on the events of the stack, but returns on request:
 * those of its validation before deployment, and of hooks.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html">Validate
 *     stack deployments</a>
 */
final class OperationCauses {
    /** CloudFormation's references to these causes. */
    private static final Pattern REFERENCE =
            Pattern.compile("DescribeEvents|AWS::EarlyValidation|Validation failure detected");

    private static final Set<String> ERRORS = Set.of("VALIDATION_ERROR", "HOOK_INVOCATION_ERROR", "PROVISIONING_ERROR");

    private final AwsClients clients;

    OperationCauses(AwsClients clients) {
        this.clients = clients;
    }

    /** Returns whether a reason only refers to the causes. */
    static boolean isReference(String reason) {
        return REFERENCE.matcher(reason).find();
    }

    /**
     * Reads the causes, the first one first.
     *
     * @param stack name or ARN of the stack, not null
     * @param operationId ID of the operation; null for the operations since the start
     * @param start a time before the operation, not null
     * @param reason the reason that CloudFormation gave, which is returned if it gives no other one; empty for none
     * @return empty if CloudFormation gives no reason at all
     */
    List<FailureReason> read(String stack, String operationId, Instant start, String reason) {
        List<FailureReason> causes = new ArrayList<>();
        ShellException unread = null;
        try {
            clients
                    .cloudFormation()
                    .describeEventsPaginator(
                            request -> request.stackName(stack).filters(filter -> filter.failedEvents(true)))
                    .operationEvents()
                    .stream()
                    .filter(event -> operationId != null
                            ? operationId.equals(event.operationId())
                            : event.timestamp() == null || event.timestamp().isAfter(start))
                    .filter(OperationCauses::isCause)
                    .map(FailureReason::of)
                    .forEach(causes::add);
        } catch (SdkException e) {
            boolean isMissing = AwsFailure.isUnknownOperation(e)
                    || e instanceof CloudFormationException service
                            && Stacks.isValidationError(service, "does not exist");
            unread = isMissing ? null : AwsFailure.of(e, "read the events of the operation");
        }
        // The newest event comes first.
        Collections.reverse(causes);
        if (causes.isEmpty() && (unread != null || !reason.isEmpty())) {
            return List.of(FailureReason.ofStack(reason, unread));
        }
        return causes;
    }

    /** Returns whether an event is an error of a resource that made the operation fail. */
    private static boolean isCause(OperationEvent event) {
        return ERRORS.contains(event.eventTypeAsString())
                && !StackOperation.STACK_TYPE.equals(event.resourceType())
                && !"WARN".equals(event.validationFailureModeAsString())
                && !"WARN".equals(event.hookFailureModeAsString())
                && !StackOperation.isCancelled(event.resourceStatusReason());
    }
}
