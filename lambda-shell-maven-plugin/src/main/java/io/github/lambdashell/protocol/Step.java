package io.github.lambdashell.protocol;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One command of a request, or an event for the project's handler instead.
 *
 * @param name name of the step in its result, not null
 * @param command the command for the shell; empty for an event, not null
 * @param event the event, which has neither standard input nor directory nor environment; not null
 * @param stdin its standard input; empty for none, not null
 * @param workingDirectory its directory; null for the request's
 * @param environment changes to the request's environment, a null value removes a variable; not null
 * @param timeout time after which the command, or each invocation of the handler, is ended; null for none
 * @param skipAfterFailure whether it is skipped if an earlier step failed
 */
public record Step(
        String name,
        String command,
        Optional<HandlerEvent> event,
        byte[] stdin,
        String workingDirectory,
        Map<String, String> environment,
        Duration timeout,
        boolean skipAfterFailure) {
    public Step {
        Objects.requireNonNull(name);
        Objects.requireNonNull(command);
        Objects.requireNonNull(event);
        Objects.requireNonNull(stdin);
        Objects.requireNonNull(environment);
    }

    /** Creates a step with default values for everything but its command. */
    public static Step of(String name, String command) {
        return new Step(name, command, Optional.empty(), new byte[0], null, Map.of(), null, false);
    }

    /**
     * Creates a step that passes an event to the project's handler.
     *
     * @param timeout time limit of each invocation; null for none
     */
    public static Step event(String name, HandlerEvent event, Duration timeout, boolean skipAfterFailure) {
        return new Step(name, "", Optional.of(event), new byte[0], null, Map.of(), timeout, skipAfterFailure);
    }
}
