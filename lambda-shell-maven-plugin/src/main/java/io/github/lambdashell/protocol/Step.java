package io.github.lambdashell.protocol;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * One command of a request.
 *
 * @param name name of the step in its result, not null
 * @param command the command for the shell, not null
 * @param stdin its standard input; empty for none, not null
 * @param workingDirectory its directory; null for the request's
 * @param environment changes to the request's environment, a null value removes a variable; not null
 * @param timeout time after which it is ended; null for none
 * @param skipAfterFailure whether it is skipped if an earlier step failed
 */
public record Step(
        String name,
        String command,
        byte[] stdin,
        String workingDirectory,
        Map<String, String> environment,
        Duration timeout,
        boolean skipAfterFailure) {
    public Step {
        Objects.requireNonNull(name);
        Objects.requireNonNull(command);
        Objects.requireNonNull(stdin);
        Objects.requireNonNull(environment);
    }

    /** Creates a step with default values for everything but its command. */
    public static Step of(String name, String command) {
        return new Step(name, command, new byte[0], null, Map.of(), null, false);
    }
}
