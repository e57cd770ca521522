package io.github.lambdashell.protocol;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * One command of a request.
 *
 * @param name names the step in its result, not null
 * @param command what the shell runs, not null
 * @param stdin what it reads, empty for nothing, not null
 * @param workingDirectory where it runs, null for the request's
 * @param environment changes over the request's environment, a null value removes a variable; not null
 * @param timeout after which it is ended, null for none of its own
 * @param skipAfterFailure whether it is skipped when an earlier step failed
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

    /** A step with nothing but its command. */
    public static Step of(String name, String command) {
        return new Step(name, command, new byte[0], null, Map.of(), null, false);
    }
}
