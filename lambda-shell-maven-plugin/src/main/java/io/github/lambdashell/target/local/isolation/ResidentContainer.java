package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A sandbox held by a process of its own, which starts the runtime and does what it is told over a pipe. */
final class ResidentContainer implements Container {
    private static final Duration READY_LIMIT = Duration.ofSeconds(10);

    private final String tool;
    private final Process process;
    private final Path directory;
    private final SandboxLog log;
    private final MemoryMeter memory = new MemoryMeter();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private CompletableFuture<ExitStatus> exit = CompletableFuture.completedFuture(ExitStatus.KILLED);

    /**
     * @param tool that makes its namespaces, for messages
     * @param process that runs init.sh, just started
     */
    ResidentContainer(String tool, Process process, Path directory, SandboxLog log) {
        this.tool = tool;
        this.process = process;
        this.directory = directory;
        this.log = log;
        memory.watch(process.pid());
        Thread listener = new Thread(this::listen, "lshell-sandbox-" + process.pid());
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * Waits until the sandbox is set up.
     *
     * @throws IsolationRefusedException when it can't be
     */
    void awaitReady() throws IOException {
        try {
            ready.get(READY_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            String reason =
                    new String(log.tail(), StandardCharsets.UTF_8).strip().replaceAll("\\s*\n\\s*", "; ");
            throw new IsolationRefusedException(tool + ": " + (reason.isEmpty() ? "ended without a word" : reason));
        } catch (TimeoutException e) {
            throw new IsolationRefusedException(tool + ": not set up after " + READY_LIMIT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void listen() {
        try (BufferedReader answers = process.inputReader(StandardCharsets.US_ASCII)) {
            if ("ready".equals(answers.readLine())) {
                ready.complete(null);
            }
            for (String code = answers.readLine(); code != null; code = answers.readLine()) {
                exitOfRuntime().complete(new ExitStatus(Integer.parseInt(code)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ready.completeExceptionally(new IOException("ended"));
            exitOfRuntime().complete(ExitStatus.KILLED);
            ended.complete(null);
        }
    }

    private synchronized CompletableFuture<ExitStatus> exitOfRuntime() {
        return exit;
    }

    @Override
    public synchronized CompletableFuture<ExitStatus> start() {
        exit = new CompletableFuture<>();
        tell("start");
        if (ended.isDone()) {
            exit.complete(ExitStatus.KILLED);
        }
        return exit;
    }

    /**
     * Told to the sandbox, which reaches every process at once, and done from outside, for a function may have stopped or
     * ended the one that listens.
     */
    @Override
    public void kill() {
        tell("kill");
        ProcessTree.of(process.pid()).stream()
                .filter(ProcessStatus::isHeld)
                .flatMap(held -> ProcessHandle.of(held.pid()).stream())
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void freeze() {
        tell("stop");
    }

    @Override
    public void thaw() {
        tell("cont");
    }

    private synchronized void tell(String word) {
        try {
            OutputStream commands = process.getOutputStream();
            commands.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
            commands.flush();
        } catch (IOException e) {
            // Nobody reads: it has ended, which the listener tells.
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public MemoryMeter memory() {
        return memory;
    }

    @Override
    public CompletableFuture<Void> destroy() {
        tell("end");
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The pipe is broken: it has ended.
        }
        return ended.thenCompose(nothing -> process.onExit()).thenAccept(gone -> Directories.delete(directory));
    }
}
