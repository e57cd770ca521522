package io.github.lambdashell.function.shell;

import io.github.lambdashell.function.state.ShellState;
import java.util.LinkedHashMap;
import java.util.Map;

/** A command with its input, directory and environment. */
public final class Command {
    final String text;
    final byte[] stdin;
    final boolean stdinStaysOpen;
    final Map<String, String> environment;
    final ShellState state;
    final boolean wantState;

    /** The directory that it starts in; null for the function's own. */
    public final String directory;

    /**
     * @param text what the shell runs, without a NUL
     * @param stdin what it reads
     * @param stdinStaysOpen whether more of that may follow
     * @param directory the directory that it starts in; null for the function's own
     * @param environment changes over the function's own; a null value removes a variable
     * @param state restored first; null for none
     * @param wantState whether the state that the command leaves is captured
     */
    public Command(
            String text,
            byte[] stdin,
            boolean stdinStaysOpen,
            String directory,
            Map<String, String> environment,
            ShellState state,
            boolean wantState) {
        this.text = text;
        this.stdin = stdin;
        this.stdinStaysOpen = stdinStaysOpen;
        this.directory = directory;
        this.environment = environment;
        this.state = state;
        this.wantState = wantState;
    }

    /** Returns the same command with one more variable. */
    public Command with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.putIfAbsent(variable, value);
        return new Command(text, stdin, stdinStaysOpen, directory, more, state, wantState);
    }
}
