package io.github.lambdashell.function.shell;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts commands, and keeps ready between them what they need. */
public final class CommandRunner {
    private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));

    private final Shell shell;
    private final PipePool pool = new PipePool();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "lshell");
        thread.setDaemon(true);
        return thread;
    });

    private CommandRunner(Shell shell) {
        this.shell = shell;
    }

    /**
     * A runner for the shell that a search path leads to, bash before sh; nothing when there is neither.
     *
     * @param path directories between colons, as in the variable {@code PATH}; null for the usual ones
     */
    public static Optional<CommandRunner> find(String path) {
        return Shell.find(path).map(CommandRunner::new);
    }

    /** Makes ahead what the next command needs. */
    public void prepare() throws IOException {
        pool.give(pool.take());
    }

    /**
     * Starts a command.
     *
     * @param traceId the value of {@code _X_AMZN_TRACE_ID} for it, which no command of another invocation has
     * @param sink takes what it writes until {@link RunningCommand#await} has returned
     * @throws IOException when the system can't start it: no such directory, an environment too large
     */
    public RunningCommand start(Command command, String traceId, OutputSink sink) throws IOException {
        Launch launch = new Launch(shell, command, traceId);
        OutputPipes pipes = pool.take();
        boolean feed = command.stdin.length > 0 || command.stdinStaysOpen;
        long startTicks = ProcessTable.now();
        long startNanos = System.nanoTime();
        Process process;
        try {
            process = launch.builder
                    .redirectInput(feed ? Redirect.PIPE : NOTHING)
                    .redirectOutput(pipes.stdout.writeEnd())
                    .redirectError(pipes.stderr.writeEnd())
                    .start();
        } catch (IOException e) {
            pool.give(pipes);
            launch.close();
            throw e;
        }
        OutputDrain drain = new OutputDrain(pipes, pool, sink);
        drain.start(threads);
        StdinFeeder feeder = new StdinFeeder(process.getOutputStream());
        if (feed) {
            threads.execute(feeder);
            feeder.feed(command.stdin);
            if (!command.stdinStaysOpen) {
                feeder.end();
            }
        }
        ProcessTree tree =
                new ProcessTree(process.toHandle(), startTicks, Environment.TRACE_ID + '=' + traceId, drain.links());
        UnreadInput unread = command.stdinStaysOpen ? UnreadInput.of(process.pid()) : UnreadInput.none();
        return new RunningCommand(process, tree, drain, feeder, unread, launch, sink, startNanos);
    }
}
