package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.FunctionLog;
import io.github.lambdashell.target.PlatformEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** The log group of a stack's function in CloudWatch Logs. */
final class LogGroup implements FunctionLog {
    /** Events of several streams can arrive out of order, and some seconds late. */
    private static final Duration LATENESS = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final AwsClients clients;
    private final DeployedStack stack;
    private final String name;
    /** Events that another request can return again: their times by their IDs. */
    private final Map<String, Long> read = new HashMap<>();

    private long startTime;
    private Duration pause;
    private boolean hasBeenRead;

    /**
     * Creates the log; sends no request.
     *
     * @param name of the log group
     * @param since time of the first event; empty for the group's beginning
     */
    LogGroup(AwsClients clients, DeployedStack stack, String name, Optional<Instant> since) {
        this.clients = clients;
        this.stack = stack;
        this.name = name;
        this.startTime = since.map(Instant::toEpochMilli).orElse(0L);
        this.pause = clients.pollInterval();
    }

    @Override
    public DeployedStack stack() {
        return stack;
    }

    @Override
    public boolean next(boolean isLast, Consumer<Entry> entries) {
        int before = read.size();
        try {
            clients.logs()
                    .filterLogEventsPaginator(
                            request -> request.logGroupName(name).startTime(startTime))
                    .events()
                    .forEach(event -> pass(event, entries));
        } catch (ResourceNotFoundException e) {
            if (hasBeenRead) {
                return false;
            }
            throw new ShellException(
                    "The log group " + name + " of the stack " + stack.name() + " does not exist",
                    "It was deleted by something else; run lshell:teardown and lshell:deploy to create it again",
                    e);
        } catch (SdkException e) {
            throw AwsFailure.of(e, "read the log group " + name + " (logs:FilterLogEvents)");
        }
        hasBeenRead = true;
        pause = read.size() > before ? clients.pollInterval() : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        forgetOld();
        return true;
    }

    private void pass(FilteredLogEvent event, Consumer<Entry> entries) {
        if (read.putIfAbsent(event.eventId(), event.timestamp()) == null) {
            entries.accept(new Entry(
                    event.logStreamName(),
                    Optional.of(Instant.ofEpochMilli(event.timestamp())),
                    PlatformEvents.asText(event.message().stripTrailing())));
        }
    }

    /** Moves the beginning of the next request behind the events that can't be late any more. */
    private void forgetOld() {
        long newest = read.values().stream().mapToLong(Long::longValue).max().orElse(startTime);
        startTime = Math.max(startTime, newest - LATENESS.toMillis());
        read.values().removeIf(time -> time < startTime);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public Duration pause() {
        return pause;
    }

    /** Does nothing: the client is the target's. */
    @Override
    public void close() {}
}
