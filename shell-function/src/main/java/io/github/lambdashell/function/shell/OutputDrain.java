package io.github.lambdashell.function.shell;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads both outputs of one command, together, and gives their pipes back when nobody holds them. */
final class OutputDrain {
    private final List<OutputPipe> pipes;
    private final CommandRunner runner;
    private final OutputReader stdout;
    private final OutputReader stderr;
    private final AtomicInteger open = new AtomicInteger(2);

    OutputDrain(List<OutputPipe> pipes, CommandRunner runner, OutputSink sink) {
        this.pipes = pipes;
        this.runner = runner;
        stdout = new OutputReader(pipes.get(0), OutputSink.STDOUT, sink, this);
        stderr = new OutputReader(pipes.get(1), OutputSink.STDERR, sink, this);
    }

    /** Starts to read; the command holds the other ends by now. */
    void start(Executor threads) {
        threads.execute(stdout);
        threads.execute(stderr);
    }

    /** Told by each of the two when all has been read. */
    void ended() throws IOException {
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

    /** For how many nanoseconds nothing has come; 0 while something is being passed on. */
    long quietNanos() {
        return Math.min(stdout.quietNanos(), stderr.quietNanos());
    }

    /** What comes from now on is dropped. */
    void drop() {
        stdout.drop();
        stderr.drop();
    }

    /** Throws what kept output from being passed on, if anything did. */
    void check() throws IOException {
        stdout.check();
        stderr.check();
    }

    /** How those who hold the outputs see them in /proc. */
    List<String> links() {
        return List.of(pipes.get(0).link(), pipes.get(1).link());
    }
}
