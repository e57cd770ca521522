package io.github.lambdashell.function.shell;

import io.github.lambdashell.function.state.ShellState;
import java.util.Map;

/** One step of a request: what a shell is to run, and around it. */
public final class Command {
    final String text;
    final byte[] stdin;
    final boolean stdinStaysOpen;
    final Map<String, String> environment;
    final ShellState state;
    final boolean wantState;

    /** Names it in its result. */
    public final String name;

    /** Where it runs, null for the function's own. */
    public final String directory;

    /** How long it may take by its own account, {@link Long#MAX_VALUE} when not said. */
    public final long timeoutMillis;

    /** Whether it does not run once another has failed. */
    public final boolean skipAfterFailure;

    /**
     * @param name names it in its result
     * @param text what the shell runs, without a NUL
     * @param stdin what it reads
     * @param stdinStaysOpen whether more of that may follow
     * @param directory where it runs, null for the function's own
     * @param environment changes over the function's own; a null value removes a variable
     * @param state restored first; null for none
     * @param wantState whether the state that the command leaves is captured
     * @param timeoutMillis how long it may take by its own account
     * @param skipAfterFailure whether it does not run once another has failed
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
