package io.github.lambdashell.session;

import io.github.lambdashell.protocol.Stragglers;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of one command in a session.
 *
 * @param exitCode exit code of the shell, 128+n for signal n
 * @param timedOut whether a timeout ended it
 * @param interrupted whether Ctrl-C ended it
 * @param stateLost reason why its changes to the shell were not carried over; empty if they were, or were not requested
 * @param sandboxChanged whether a new sandbox responded, so that files in /tmp and background processes are gone; true
 *     only for the first command in it
 * @param unreadInput standard input that arrived and was not read, not null
 * @param controlMessages number of messages of its control channel that arrived
 * @param stragglers processes that still held the output when the shell had ended, not null
 */
public record CommandResult(
        int exitCode,
        boolean timedOut,
        boolean interrupted,
        Optional<String> stateLost,
        boolean sandboxChanged,
        byte[] unreadInput,
        int controlMessages,
        Stragglers stragglers) {
    public CommandResult {
        Objects.requireNonNull(stateLost);
        Objects.requireNonNull(unreadInput);
        Objects.requireNonNull(stragglers);
    }
}
