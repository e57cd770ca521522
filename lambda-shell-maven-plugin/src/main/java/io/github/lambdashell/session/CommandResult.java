package io.github.lambdashell.session;

import io.github.lambdashell.protocol.Stragglers;
import java.util.Objects;
import java.util.Optional;

/**
 * What one command in a session came to.
 *
 * @param exitCode the shell's, 128+n for signal n
 * @param timedOut whether a deadline ended it
 * @param interrupted whether Ctrl-C ended it
 * @param stateLost why what it changed in the shell did not carry over; empty when it did, or was not meant to
 * @param sandboxChanged whether another sandbox answered than the one before, so that files in /tmp and background
 *     processes are gone; said once
 * @param unreadInput what got to it and was not read, not null
 * @param controlMessages how many messages of its control channel got to it
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
