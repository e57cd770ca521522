package io.github.lambdashell.function.shell;

import io.github.lambdashell.function.process.OutputPipe;
import io.github.lambdashell.function.process.OutputSink;
import io.github.lambdashell.function.process.ProcessTree;
import io.github.lambdashell.function.process.SystemProcess;
import io.github.lambdashell.function.state.Shell;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Starts commands, and keeps threads and pipes ready between them. */
public final class CommandRunner implements ThreadFactory {
    private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));

    /** Pipes for the next command, and others in case processes that outlive their shell keep these. */
    private static final int MAX_SPARE = 2;

    private final Shell shell;
    private final Deque<List<OutputPipe>> spare = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(this);

    /** @param shell that commands run under */
    public CommandRunner(Shell shell) {
        this.shell = shell;
    }

    /** None of the threads keeps this process alive. */
    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "lshell");
        thread.setDaemon(true);
        return thread;
    }

    /** Creates the next command's pipes ahead. */
    public void prepare() throws IOException {
        give(take());
    }

    private List<OutputPipe> take() throws IOException {
        synchronized (spare) {
            if (!spare.isEmpty()) {
                return spare.pop();
            }
        }
        return OutputPipe.pair();
    }

    /** Takes back pipes that no process holds. */
    void give(List<OutputPipe> pipes) throws IOException {
        synchronized (spare) {
            if (spare.size() < MAX_SPARE) {
                spare.push(pipes);
                return;
            }
        }
        for (OutputPipe pipe : pipes) {
            pipe.close();
        }
    }

    /**
     * Starts a command.
     *
     * @param traceId the value of {@code _X_AMZN_TRACE_ID} for it, which no command of another invocation has
     * @param sink takes what it writes until {@link RunningCommand#await} has returned
     * @throws IOException when the system can't start it: no such directory, an environment too large
     */
    public RunningCommand start(Command command, String traceId, OutputSink sink) throws IOException {
        return start(new CommandLine(shell, command, traceId, false), command.stdin, command.stdinStaysOpen, sink);
    }

    /** Starts the shell so that it only parses the command. */
    RunningCommand parse(Command command, String traceId, OutputSink sink) throws IOException {
        byte[] text = command.text.getBytes(StandardCharsets.UTF_8);
        return start(new CommandLine(shell, command, traceId, true), text, false, sink);
    }

    private RunningCommand start(CommandLine commandLine, byte[] stdin, boolean staysOpen, OutputSink sink)
            throws IOException {
        List<OutputPipe> pipes = take();
        boolean feed = stdin.length > 0 || staysOpen;
        long startTicks = SystemProcess.now();
        long startNanos = System.nanoTime();
        Process process;
        try {
            process = commandLine
                    .builder
                    .redirectInput(feed ? Redirect.PIPE : NOTHING)
                    .redirectOutput(pipes.get(0).writeEnd())
                    .redirectError(pipes.get(1).writeEnd())
                    .start();
        } catch (IOException e) {
            give(pipes);
            commandLine.close();
            throw e;
        }
        OutputDrain drain = new OutputDrain(pipes, this, sink);
        drain.start(threads);
        Optional<Path> pipe = staysOpen ? StdinFeeder.pipe(process) : Optional.empty();
        InputStream unread = StdinFeeder.unread(pipe);
        StdinFeeder feeder = new StdinFeeder(StdinFeeder.writeEnd(process, pipe));
        if (feed) {
            threads.execute(feeder);
            feeder.feed(stdin);
            if (!staysOpen) {
                feeder.end();
            }
        }
        ProcessTree tree = new ProcessTree(process.toHandle(), startTicks, commandLine.marker(), drain.links());
        return new RunningCommand(process, tree, drain, feeder, unread, commandLine, sink, startNanos);
    }
}
