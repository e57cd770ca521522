package io.github.lambdashell.function.shell;

import io.github.lambdashell.function.process.Interruptible;
import io.github.lambdashell.function.process.OutputSink;
import io.github.lambdashell.function.process.ProcessTree;
import io.github.lambdashell.function.process.Signal;
import io.github.lambdashell.function.process.SystemProcess;
import io.github.lambdashell.function.state.ShellState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command from its shell's start until what it wrote is read. */
public final class RunningCommand implements Interruptible {
    /** After so long without output from those that outlive their shell, the command counts as ended. */
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(500);

    /** The same after all processes have been killed. */
    private static final long QUIET_AFTER_KILL = TimeUnit.MILLISECONDS.toNanos(50);

    /** How often it checks whether the output can still be passed on. */
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);

    private final Process process;
    private final ProcessTree tree;
    private final OutputDrain drain;
    private final StdinFeeder stdin;
    private final InputStream unreadInput;
    private final CommandLine commandLine;
    private final OutputSink sink;
    private final long startNanos;
    private final Object ending = new Object();
    private volatile boolean over;
    private long fed;
    private boolean killed;
    private boolean interrupted;
    private boolean timedOut;
    private int exitCode;
    private long durationMillis;
    private List<SystemProcess> stragglers;
    private ShellState state;
    private byte[] unread;

    RunningCommand(
            Process process,
            ProcessTree tree,
            OutputDrain drain,
            StdinFeeder stdin,
            InputStream unreadInput,
            CommandLine commandLine,
            OutputSink sink,
            long startNanos) {
        this.process = process;
        this.tree = tree;
        this.drain = drain;
        this.stdin = stdin;
        this.unreadInput = unreadInput;
        this.commandLine = commandLine;
        this.sink = sink;
        this.startNanos = startNanos;
    }

    /**
     * Waits for the end of the command and of its output.
     *
     * @param deadline in terms of {@link System#nanoTime}: everything that the command started is ended then
     * @param graceMillis how long that has, from the first signal until it is killed
     * @throws IOException when the output can't be passed on; the command is ended then
     */
    public void await(long deadline, long graceMillis) throws IOException, InterruptedException {
        boolean finished = false;
        try (commandLine;
                unreadInput) {
            boolean late = !awaitEnd(deadline);
            if (late) {
                end(Signal.TERM, graceMillis);
            }
            synchronized (ending) {
                over = true;
            }
            boolean drained = awaitDrained();
            drain.check();
            finished = true;
            timedOut = late;
            exitCode = awaitExitCode();
            durationMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
            stragglers = drained ? List.of() : tree.holders();
            unread = readRest();
            state = commandLine.state();
        } finally {
            if (!finished) {
                end(Signal.KILL, 0);
            }
            drain.drop();
            stdin.end();
        }
    }

    /** Waits until shell and output have ended, or fallen silent; returns false at the deadline. */
    private boolean awaitEnd(long deadline) throws IOException, InterruptedException {
        long exited = 0;
        boolean running = true;
        for (long left = left(deadline); left > 0; left = left(deadline)) {
            drain.check();
            sink.idle();
            if (running) {
                running = !process.waitFor(left, TimeUnit.NANOSECONDS);
                if (!running) {
                    exited = System.nanoTime();
                    drain.look();
                }
            } else {
                long quiet = drain.quietNanos(exited);
                if (quiet >= QUIET || drain.awaitEnd(Math.min(left, QUIET - quiet))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Nanoseconds until the deadline, or until the next look at what else has happened. */
    private static long left(long deadline) {
        return Math.min(deadline - System.nanoTime(), IDLE);
    }

    /** Returns whether all output is read; after a kill it waits for the rest of the output in the pipes. */
    private boolean awaitDrained() throws InterruptedException {
        if (killed) {
            long end = System.nanoTime();
            drain.look();
            while (drain.quietNanos(end) < QUIET_AFTER_KILL) {
                if (drain.awaitEnd(QUIET_AFTER_KILL)) {
                    return true;
                }
            }
        }
        return drain.awaitEnd(0);
    }

    /** Reads what the control channel brought and no process has read. The request's own input came before it. */
    private byte[] readRest() throws IOException, InterruptedException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (boolean written = false; fed > 0 && !written; ) {
            written = stdin.pending() == 0;
            byte[] bytes = new byte[unreadInput.available()];
            // Not readNBytes: of a FileInputStream it seeks, which a pipe can't.
            rest.write(bytes, 0, Math.max(0, unreadInput.read(bytes)));
            if (!written && bytes.length == 0) {
                Thread.sleep(1);
            }
        }
        byte[] all = rest.toByteArray();
        return Arrays.copyOfRange(all, (int) Math.max(0, all.length - fed), all.length);
    }

    private int awaitExitCode() throws InterruptedException {
        // Only a process that hangs in the kernel is still there; it gets KILL.
        return process.waitFor(1, TimeUnit.SECONDS) ? process.exitValue() : 128 + 9;
    }

    private void end(Signal signal, long graceMillis) throws IOException, InterruptedException {
        synchronized (ending) {
            killed = true;
            tree.end(signal, graceMillis);
        }
    }

    @Override
    public boolean interrupt(Signal signal) throws IOException, InterruptedException {
        synchronized (ending) {
            if (over) {
                return false;
            }
            interrupted = true;
            end(signal, signal.graceMillis);
            return true;
        }
    }

    /** Returns the shell's exit code, 128+n for signal n. Known, like all below, after {@link #await}. */
    public int exitCode() {
        return exitCode;
    }

    /** Returns whether its deadline ended it. */
    public boolean isTimedOut() {
        return timedOut;
    }

    /** Returns whether {@link #interrupt} ended it. */
    public boolean isInterrupted() {
        return interrupted;
    }

    /** Returns the time from the shell's start to the end of the output. */
    public long durationMillis() {
        return durationMillis;
    }

    /** Returns the processes that still held the output; none when it was read to its end. */
    public List<SystemProcess> stragglers() {
        return stragglers;
    }

    /** Returns what the control channel brought and no process has read; not null. */
    public byte[] unreadInput() {
        return unread;
    }

    /** Returns the state that the shell left; null when the request does not want it. */
    public ShellState state() {
        return state;
    }

    @Override
    public boolean feed(byte[] bytes) {
        synchronized (ending) {
            boolean reads = !over && process.isAlive();
            if (reads) {
                fed += bytes.length;
                stdin.feed(bytes);
            }
            return reads;
        }
    }

    @Override
    public boolean hasRead(long except) {
        return !over && stdin.pending() < except;
    }

    @Override
    public void endInput() {
        stdin.end();
    }
}
