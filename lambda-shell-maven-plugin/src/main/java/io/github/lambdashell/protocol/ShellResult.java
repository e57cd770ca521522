package io.github.lambdashell.protocol;

import io.github.lambdashell.target.InvocationReport;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of one request to the shell function: the last frame of its response and the figures of the invocation.
 *
 * @param exitCode exit code of the command or of the last step that ran, 128+n for signal n
 * @param timedOut whether a timeout ended it
 * @param interrupted whether a signal from the control channel ended it
 * @param syntax whether the command is complete; present only if the request was a check of it
 * @param state the shell's state after the command; empty if it was not requested or could not be captured
 * @param stateReason why the state could not be captured; empty if it was captured or not requested
 * @param sandbox id of the execution environment, not null
 * @param coldStart whether this was the first invocation of the execution environment
 * @param unreadInput standard input that arrived and that no process read, not null
 * @param controlMessages number of messages of the control channel that reached the command
 * @param stragglers processes that still held the output when the shell had ended, not null
 * @param report figures of the invocation; empty if the endpoint sent no log
 */
public record ShellResult(
        int exitCode,
        boolean timedOut,
        boolean interrupted,
        Optional<Syntax> syntax,
        Optional<State> state,
        Optional<String> stateReason,
        String sandbox,
        boolean coldStart,
        byte[] unreadInput,
        int controlMessages,
        Stragglers stragglers,
        Optional<InvocationReport> report) {
    public ShellResult {
        Objects.requireNonNull(sandbox);
        Objects.requireNonNull(unreadInput);
        Objects.requireNonNull(stragglers);
    }

    /** The completeness of a command. */
    public enum Syntax {
        COMPLETE,
        INCOMPLETE,
        INVALID
    }

    /**
     * The state of a shell.
     *
     * @param blob the state in a form that only the function reads, not null
     * @param workingDirectory the shell's directory, not null
     */
    public record State(String blob, String workingDirectory) {}
}
