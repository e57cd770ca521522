package io.github.lambdashell.target.aws;

import io.github.lambdashell.target.DeployListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * A single operation on a stack. Reports the events of its resources until it ends.
 *
 * <p>The SDK's waiter polls every 30 s and reports no events, so this class polls the events itself. CloudFormation
 * puts the client request token of an operation on each of its events; emulators put none, and then the events are
 * selected by time.
 */
final class StackOperation {
    static final String STACK_TYPE = "AWS::CloudFormation::Stack";
    /** Tolerance for different clocks, and for emulators that truncate an event's time to seconds. */
    private static final Duration CLOCKS = Duration.ofSeconds(2);

    /** Number of requests for events between two for the status, which protects from events that never come. */
    private static final int POLLS_BETWEEN_STATUS = 5;

    private final AwsClients clients;
    private final DeployListener listener;
    private final String stackId;
    private final String token;
    private final String operationId;
    private final Instant start;
    private final Set<String> seen = new HashSet<>();
    private final List<StackEvent> failures = new ArrayList<>();
    /** Resources whose creation was reported. */
    private final Set<String> creating = new HashSet<>();

    private boolean hasStackEvents;
    private boolean isEnded;
    /** The first reason that CloudFormation gave for a failure of the stack itself; empty if it gave none. */
    private String stackReason = "";

    private StackOperation(
            AwsClients clients,
            DeployListener listener,
            String stackId,
            String token,
            String operationId,
            Instant start) {
        this.clients = clients;
        this.listener = listener;
        this.stackId = stackId;
        this.token = token;
        this.operationId = operationId;
        this.start = start;
    }

    /** Returns a token for a new operation; CloudFormation starts only one operation for each token. */
    static String newToken() {
        return "lshell-" + UUID.randomUUID();
    }

    /**
     * Returns an operation of this deploy.
     *
     * @param token client request token of the request that started it, not null
     * @param operationId ID that CloudFormation gave the operation; null if it gave none
     */
    static StackOperation of(
            AwsClients clients, DeployListener listener, String stackId, String token, String operationId) {
        return new StackOperation(
                clients, listener, stackId, token, operationId, Instant.now().minus(CLOCKS));
    }

    /**
     * Returns the operation in progress, also one of another build; its failures and earlier events are not reported.
     */
    static StackOperation underWay(AwsClients clients, DeployListener listener, String stackId) {
        return new StackOperation(clients, listener, stackId, null, null, Instant.now());
    }

    /**
     * Waits until the operation ends.
     *
     * @return the stack after it; empty if it is deleted
     */
    Optional<CloudFormationStack> await() throws InterruptedException {
        return await(() -> {});
    }

    /**
     * Waits until the operation ends.
     *
     * @param step runs after each request for events
     * @return the stack after it; empty if it is deleted
     */
    Optional<CloudFormationStack> await(Runnable step) throws InterruptedException {
        Stacks stacks = new Stacks(clients.cloudFormation());
        for (int poll = 1; ; poll++) {
            showNewEvents();
            // Without the stack's own events, as at some emulators and if another build started the operation, only its
            // status shows the end.
            if (isEnded || !hasStackEvents || poll % POLLS_BETWEEN_STATUS == 0) {
                Optional<CloudFormationStack> stack = stacks.find(stackId);
                if (stack.isEmpty() || !stack.get().isInProgress()) {
                    if (!isEnded) {
                        showNewEvents();
                    }
                    return stack.filter(found -> !found.isDeleted());
                }
            }
            step.run();
            Thread.sleep(clients.pollInterval().toMillis());
        }
    }

    /** Returns whether CloudFormation may have begun to create a resource; an endpoint without events does not show it. */
    boolean isCreating(String resource) {
        return creating.contains(resource) || !hasStackEvents;
    }

    /** Returns whether a resource has failed. */
    boolean hasFailed(String resource) {
        return failures.stream().anyMatch(event -> resource.equals(event.logicalResourceId()));
    }

    /**
     * Returns the reasons of the failure, the first cause first. Cancelled resources are included only if there are no
     * other failures.
     */
    List<FailureReason> reasons() {
        List<StackEvent> own = failures.stream()
                .filter(event -> !isCancelled(event.resourceStatusReason()))
                .toList();
        List<FailureReason> reasons =
                (own.isEmpty() ? failures : own).stream().map(FailureReason::of).toList();
        if (!reasons.isEmpty() && reasons.stream().noneMatch(reason -> OperationCauses.isReference(reason.text()))) {
            return reasons;
        }
        List<FailureReason> causes = new OperationCauses(clients).read(stackId, operationId, start, stackReason);
        return causes.isEmpty() ? reasons : causes;
    }

    /**
     * Returns whether a resource failed only because another one did.
     *
     * @param reason null for none
     */
    static boolean isCancelled(String reason) {
        return reason != null && reason.contains("cancelled");
    }

    private void showNewEvents() {
        try {
            List<StackEvent> fresh = freshEvents();
            for (int i = fresh.size() - 1; i >= 0; i--) {
                show(fresh.get(i));
            }
        } catch (CloudFormationException e) {
            // AWS keeps the events of a deleted stack. Emulators delete them too, or don't support events at all.
            if (!Stacks.isValidationError(e, "does not exist") && !AwsFailure.isUnknownOperation(e)) {
                throw e;
            }
        }
    }

    private List<StackEvent> freshEvents() {
        List<StackEvent> fresh = new ArrayList<>();
        for (DescribeStackEventsResponse page :
                clients.cloudFormation().describeStackEventsPaginator(request -> request.stackName(stackId))) {
            int before = fresh.size();
            page.stackEvents().stream()
                    .filter(this::isOurs)
                    .filter(event -> seen.add(event.eventId()))
                    .forEach(fresh::add);
            if (fresh.size() == before) {
                // The newest events come first, so the pages after one without new events have none either.
                break;
            }
        }
        return fresh;
    }

    private boolean isOurs(StackEvent event) {
        if (token != null && event.clientRequestToken() != null) {
            return token.equals(event.clientRequestToken());
        }
        return event.timestamp() == null || event.timestamp().isAfter(start);
    }

    private void show(StackEvent event) {
        if (STACK_TYPE.equals(event.resourceType())) {
            hasStackEvents = true;
            isEnded |= !event.resourceStatusAsString().endsWith("_IN_PROGRESS");
            if (stackReason.isEmpty() && event.resourceStatusAsString().matches(".*_FAILED|.*ROLLBACK_IN_PROGRESS")) {
                stackReason = Objects.requireNonNullElse(event.resourceStatusReason(), "");
            }
            return;
        }
        if (event.resourceStatusAsString().equals("CREATE_IN_PROGRESS")) {
            creating.add(event.logicalResourceId());
        }
        listener.resource(event.logicalResourceId(), event.resourceType(), event.resourceStatusAsString());
        if (event.resourceStatusAsString().endsWith("_FAILED")) {
            failures.add(event);
        }
    }
}
