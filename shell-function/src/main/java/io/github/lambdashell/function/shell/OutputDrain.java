package io.github.lambdashell.function.shell;

import io.github.lambdashell.function.process.OutputPipe;
import io.github.lambdashell.function.process.OutputReader;
import io.github.lambdashell.function.process.OutputSink;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads both outputs of one command, together, and gives their pipes back when no process holds them. */
final class OutputDrain {
    private final List<OutputPipe> pipes;
    private final CommandRunner runner;
    private final OutputReader stdout;
    private final OutputReader stderr;
    private final AtomicInteger open = new AtomicInteger(2);

    OutputDrain(List<OutputPipe> pipes, CommandRunner runner, OutputSink sink) {
        this.pipes = pipes;
        this.runner = runner;
        stdout = new OutputReader(pipes.get(0), OutputSink.STDOUT, sink, this::ended);
        stderr = new OutputReader(pipes.get(1), OutputSink.STDERR, sink, this::ended);
    }

    /** Starts to read; the command holds the other ends by now. */
    void start(Executor threads) {
        threads.execute(stdout);
        threads.execute(stderr);
    }

    /** Called by each of the two readers at its end. */
    private void ended() throws IOException {
        if (open.decrementAndGet() == 0) {
            runner.give(pipes);
        }
    }

    /**
     * Waits for the end of both outputs, at most {@code nanos}.
     *
     * @return whether all is read; false sometimes also when one of the two is
     */
    boolean awaitEnd(long nanos) throws InterruptedException {
        (stdout.ended() ? stderr : stdout).awaitEnd(nanos);
        return stdout.ended() && stderr.ended();
    }

    /** Returns the nanoseconds of silence on both outputs, as {@link OutputReader#quietNanos} does. */
    long quietNanos(long end) {
        return Math.min(stdout.quietNanos(end), stderr.quietNanos(end));
    }

    /** Has both readers look for output again, so that they find what a process wrote that has ended. */
    void look() {
        for (OutputPipe pipe : pipes) {
            pipe.look();
        }
    }

    /** Drops later output. */
    void drop() {
        stdout.drop();
        stderr.drop();
    }

    /** Throws the failure that kept output from being passed on, if any. */
    void check() throws IOException {
        stdout.check();
        stderr.check();
    }

    /** Returns the targets of the holders' descriptors in /proc. */
    List<String> links() {
        return List.of(pipes.get(0).link(), pipes.get(1).link());
    }
}
