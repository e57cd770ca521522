package io.github.lambdashell.function.shell;

import io.github.lambdashell.function.state.ShellState;
import java.util.List;

/** How a command ended. */
public final class Outcome {
    /** The shell's, 128+n for signal n. */
    public final int exitCode;

    /** Whether its deadline ended it. */
    public final boolean timedOut;

    /** Whether {@link RunningCommand#interrupt} ended it. */
    public final boolean interrupted;

    /** From the shell's start to the end of the output. */
    public final long durationMillis;

    /** Who still held the output; empty when it was read to its end. */
    public final List<SystemProcess> stragglers;

    /** What was typed to it and read by nobody; not null. */
    public final byte[] unreadInput;

    /** What the shell left; null when nobody asked for it. */
    public final ShellState state;

    Outcome(
            int exitCode,
            boolean timedOut,
            boolean interrupted,
            long durationMillis,
            List<SystemProcess> stragglers,
            byte[] unreadInput,
            ShellState state) {
        this.exitCode = exitCode;
        this.timedOut = timedOut;
        this.interrupted = interrupted;
        this.durationMillis = durationMillis;
        this.stragglers = stragglers;
        this.unreadInput = unreadInput;
        this.state = state;
    }
}
