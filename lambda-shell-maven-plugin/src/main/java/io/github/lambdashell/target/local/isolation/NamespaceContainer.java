package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.log.SandboxLog;
import io.github.lambdashell.target.local.state.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A sandbox that its first process keeps, which starts the runtime and takes commands over a pipe. When the first process
 * has ended, the next start begins a new sandbox with an empty /tmp.
 */
final class NamespaceContainer implements Container {
    private static final Duration READY_LIMIT = Duration.ofSeconds(10);

    /** The time for the processes to end by themselves, before they are killed from outside. */
    private static final Duration END_LIMIT = Duration.ofSeconds(2);

    private static final int LONGEST_REPORT = 16;

    private final ProcessBuilder builder;
    private final Path directory;
    private final SandboxLog log;
    private final boolean hasOwnNetwork;
    private final MemoryMeter memory = new MemoryMeter(ProcessStatus::isInside);
    private Supervisor supervisor;
    private boolean isDestroyed;

    /**
     * @param builder of the process that runs namespace.sh, which this constructor starts
     * @param directory the sandbox's own, the working directory of that process
     * @param hasOwnNetwork whether namespace.sh creates a network
     */
    NamespaceContainer(ProcessBuilder builder, Path directory, SandboxLog log, boolean hasOwnNetwork)
            throws IOException {
        this.builder = builder.directory(directory.toFile());
        this.directory = directory;
        this.log = log;
        this.hasOwnNetwork = hasOwnNetwork;
        this.supervisor = new Supervisor();
    }

    /**
     * Waits until the sandbox is set up.
     *
     * @param tool that creates its namespaces, for the message
     * @throws IsolationRefusedException when it can't be
     */
    void awaitReady(String tool) throws IOException {
        try {
            supervisor().ready.get(READY_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            String reason =
                    new String(log.tail(), StandardCharsets.UTF_8).strip().replaceAll("\\s*\n\\s*", "; ");
            throw new IsolationRefusedException(tool + ": " + (reason.isEmpty() ? "ended without a message" : reason));
        } catch (TimeoutException e) {
            throw new IsolationRefusedException(tool + ": not set up after " + READY_LIMIT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private synchronized Supervisor supervisor() {
        return supervisor;
    }

    @Override
    public synchronized void startExtensions(ExitListener exits) throws IOException {
        if (supervisor.ended.isDone() || !supervisor.process.isAlive()) {
            supervisor = new Supervisor();
        }
        supervisor.startExtensions(exits);
    }

    @Override
    public synchronized CompletableFuture<ExitStatus> start() throws IOException {
        if (supervisor.exits != null) {
            // It has the extensions.
            return supervisor.start();
        }
        if (supervisor.ended.isDone() || !supervisor.process.isAlive()) {
            supervisor = new Supervisor();
        }
        Supervisor current = supervisor;
        return current.start()
                .thenCompose(status -> current.hasStarted ? CompletableFuture.completedFuture(status) : startAnew());
    }

    /** Starts the runtime in a new sandbox, because the processes of the last one were about to end. */
    private synchronized CompletableFuture<ExitStatus> startAnew() {
        if (isDestroyed) {
            return CompletableFuture.completedFuture(ExitStatus.KILLED);
        }
        try {
            supervisor = new Supervisor();
            return supervisor.start();
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void kill() {
        supervisor().kill();
    }

    @Override
    public void terminateRuntime() {
        supervisor().send("term");
    }

    @Override
    public void freeze() {
        supervisor().send("stop");
    }

    @Override
    public void thaw() {
        supervisor().send("cont");
    }

    @Override
    public long pid() {
        return supervisor().process.pid();
    }

    @Override
    public InetSocketAddress address(int port) throws IOException {
        return hasOwnNetwork ? supervisor().forwards.to(port) : Container.super.address(port);
    }

    @Override
    public MemoryMeter memory() {
        return memory;
    }

    @Override
    public synchronized CompletableFuture<Void> destroy() {
        isDestroyed = true;
        return supervisor().end().thenAccept(nothing -> FileTree.deleteUnchecked(directory));
    }

    /** The processes of one sandbox. */
    private final class Supervisor {
        private final Process process;
        private final PortForwards forwards;
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private CompletableFuture<ExitStatus> exit = CompletableFuture.completedFuture(ExitStatus.KILLED);
        private volatile boolean hasStarted;
        private volatile ExitListener exits;
        /** Where reports go: those of earlier extensions may still come after others were to be started. */
        private ExitListener current = (number, status) -> {};

        Supervisor() throws IOException {
            process = log.start(builder);
            forwards = new PortForwards(
                    Path.of("/proc", String.valueOf(process.pid()), "cwd").resolve(OwnNetwork.API));
            memory.watch(process.pid());
            Thread listener = new Thread(this::listen, "lshell-sandbox-" + process.pid());
            listener.setDaemon(true);
            listener.start();
        }

        private void listen() {
            try (InputStream reports = new BufferedInputStream(process.getInputStream())) {
                for (String report = read(reports); !report.equals("end"); report = read(reports)) {
                    if (report.equals("ready")) {
                        ready.complete(null);
                    } else if (report.equals("started")) {
                        hasStarted = true;
                    } else if (report.equals("extensions")) {
                        current = exits;
                    } else if (report.startsWith("x")) {
                        current.read(report);
                    } else {
                        ExitStatus.parse(report).ifPresent(exitOfRuntime()::complete);
                    }
                }
            } catch (IOException e) {
                // The processes have ended, which "end" would say.
            } finally {
                ready.completeExceptionally(new IOException("ended"));
                ended.complete(null);
                exitOfRuntime().complete(ExitStatus.KILLED);
            }
        }

        private synchronized CompletableFuture<ExitStatus> exitOfRuntime() {
            return exit;
        }

        synchronized void startExtensions(ExitListener listener) {
            exits = listener;
            send("extensions");
        }

        /** Starts the runtime, also before the sandbox is ready. */
        synchronized CompletableFuture<ExitStatus> start() {
            exit = new CompletableFuture<>();
            hasStarted = false;
            send("start");
            if (ended.isDone()) {
                exit.complete(ExitStatus.KILLED);
            }
            return exit;
        }

        /**
         * Kills from inside, which reaches all processes at once, and from outside, because a function may have stopped or
         * ended the process that kills inside.
         */
        void kill() {
            send("kill");
            ProcessStatus.kill(ProcessStatus.tree(process.pid()).stream()
                    .filter(ProcessStatus::isHeld)
                    .toList());
            killUnlessDone(exitOfRuntime());
        }

        CompletableFuture<Void> end() {
            send("end");
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                // The pipe is broken: nobody reads.
            }
            CompletableFuture<Void> gone =
                    ended.thenCompose(nothing -> process.onExit()).thenAccept(nothing -> {});
            killUnlessDone(gone);
            return gone;
        }

        private void killUnlessDone(CompletableFuture<?> end) {
            CompletableFuture.delayedExecutor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .execute(() -> {
                        if (!end.isDone()) {
                            ProcessStatus.kill(ProcessStatus.tree(process.pid()));
                        }
                    });
        }

        synchronized void send(String word) {
            try {
                OutputStream commands = process.getOutputStream();
                commands.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
                commands.flush();
            } catch (IOException e) {
                // Nobody reads: the processes have ended, which the listener reports.
            }
        }
    }

    /** Reads a line, of which no more than any report has; at the end of the stream, "end". */
    private static String read(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return "end";
            }
            if (line.length() < LONGEST_REPORT) {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
