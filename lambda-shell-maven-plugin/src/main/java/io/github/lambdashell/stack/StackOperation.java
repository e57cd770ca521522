package io.github.lambdashell.stack;

import io.github.lambdashell.config.ShellException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * Waits for one operation on a stack and tells what happens to each resource meanwhile.
 *
 * <p>The SDK's waiter looks every 30 s and shows nothing, so this looks at the events itself. They are told apart from
 * earlier operations' by the client request token that CloudFormation puts on each.
 */
final class StackOperation {
    private static final String STACK_TYPE = "AWS::CloudFormation::Stack";

    private final CloudFormationClient cloudFormation;
    private final Duration pollInterval;
    private final StackProgress progress;
    private final String stackId;
    private final String token;
    private final Set<String> seen = new HashSet<>();
    private final List<StackEvent> failures = new ArrayList<>();

    /**
     * @param token the operation's, null for whatever operation is under way
     */
    StackOperation(
            CloudFormationClient cloudFormation,
            Duration pollInterval,
            StackProgress progress,
            String stackId,
            String token) {
        this.cloudFormation = cloudFormation;
        this.pollInterval = pollInterval;
        this.progress = progress;
        this.stackId = stackId;
        this.token = token;
    }

    /**
     * Waits for the operation's end.
     *
     * @return the stack as it is then
     */
    DeployedStack await() throws InterruptedException {
        Stacks stacks = new Stacks(cloudFormation);
        while (true) {
            DeployedStack stack = stacks.find(stackId)
                    .orElseThrow(() -> new ShellException(
                            "The stack " + stackId + " is gone while it was being worked on",
                            "Somebody else deleted it; run the goal again"));
            showNewEvents();
            if (!stack.status().endsWith("_IN_PROGRESS")) {
                return stack;
            }
            Thread.sleep(pollInterval.toMillis());
        }
    }

    /** What went wrong first, for example {@code ShellFunction (AWS::Lambda::Function): no such runtime}. */
    Optional<String> firstFailure() {
        return failures.stream()
                .filter(event -> !String.valueOf(event.resourceStatusReason()).contains("cancelled"))
                .findFirst()
                .or(() -> failures.stream().findFirst())
                .map(event ->
                        event.logicalResourceId() + " (" + event.resourceType() + "): " + event.resourceStatusReason());
    }

    private void showNewEvents() {
        List<StackEvent> fresh = new ArrayList<>();
        for (DescribeStackEventsResponse page :
                cloudFormation.describeStackEventsPaginator(request -> request.stackName(stackId))) {
            int before = fresh.size();
            page.stackEvents().stream()
                    .filter(event -> token == null || token.equals(event.clientRequestToken()))
                    .filter(event -> seen.add(event.eventId()))
                    .forEach(fresh::add);
            if (fresh.size() == before) {
                // The newest come first: a page without news is followed by none with news.
                break;
            }
        }
        for (int i = fresh.size() - 1; i >= 0; i--) {
            show(fresh.get(i));
        }
    }

    private void show(StackEvent event) {
        if (!STACK_TYPE.equals(event.resourceType())) {
            progress.resource(event.logicalResourceId(), event.resourceType(), event.resourceStatusAsString());
            if (event.resourceStatusAsString().endsWith("_FAILED")) {
                failures.add(event);
            }
        }
    }
}
