package io.github.lambdashell.function.shell;

import io.github.lambdashell.function.state.ShellState;
import java.util.Map;

/** One step of a request: a command with its input, directory, environment and limits. */
public final class Command {
    final String text;
    final byte[] stdin;
    final boolean stdinStaysOpen;
    final Map<String, String> environment;
    final ShellState state;
    final boolean wantState;

    /** Names it in its result. */
    public final String name;

    /** The directory that it starts in; null for the function's own. */
    public final String directory;

    /** Its own time limit; {@link Long#MAX_VALUE} for none. */
    public final long timeoutMillis;

    /** Whether it is skipped after a step that failed. */
    public final boolean skipAfterFailure;

    /**
     * @param name names it in its result
     * @param text what the shell runs, without a NUL
     * @param stdin what it reads
     * @param stdinStaysOpen whether more of that may follow
     * @param directory the directory that it starts in; null for the function's own
     * @param environment changes over the function's own; a null value removes a variable
     * @param state restored first; null for none
     * @param wantState whether the state that the command leaves is captured
     * @param timeoutMillis its own time limit; {@link Long#MAX_VALUE} for none
     * @param skipAfterFailure whether it is skipped after a step that failed
     */
    public Command(
            String name,
            String text,
            byte[] stdin,
            boolean stdinStaysOpen,
            String directory,
            Map<String, String> environment,
            ShellState state,
            boolean wantState,
            long timeoutMillis,
            boolean skipAfterFailure) {
        this.name = name;
        this.text = text;
        this.stdin = stdin;
        this.stdinStaysOpen = stdinStaysOpen;
        this.directory = directory;
        this.environment = environment;
        this.state = state;
        this.wantState = wantState;
        this.timeoutMillis = timeoutMillis;
        this.skipAfterFailure = skipAfterFailure;
    }
}
