package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.log.SandboxLog;
import io.github.lambdashell.target.local.state.FileTree;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A sandbox that is a plain process group, supervised by a small script; a new group for each start. */
final class PlainContainer implements Container {
    /** The first one starts the runtime, the second one ends it. */
    private static final byte[] WORD = {'\n'};

    private static final int END_LIMIT_SECONDS = 2;

    private final ProcessBuilder builder;
    private final Path directory;
    private final SandboxLog log;
    private final MemoryMeter memory = new MemoryMeter();
    private Process process;
    private CompletableFuture<ExitStatus> exit;

    PlainContainer(ProcessBuilder builder, Path directory, SandboxLog log) {
        this.builder = builder;
        this.directory = directory;
        this.log = log;
    }

    @Override
    public synchronized CompletableFuture<ExitStatus> start() throws IOException {
        process = log.start(builder);
        memory.watch(process.pid());
        exit = process.onExit().thenApplyAsync(PlainContainer::exitStatus);
        send();
        return exit;
    }

    /** The function can write there too; the supervisor's report is the last one. */
    private static ExitStatus exitStatus(Process ended) {
        try {
            return new String(ended.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(ExitStatus::parse)
                    .flatMap(Optional::stream)
                    .reduce((earlier, later) -> later)
                    .orElse(ExitStatus.KILLED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void kill() {
        send();
        killUnlessDone();
    }

    private void send() {
        try {
            OutputStream commands = process.getOutputStream();
            commands.write(WORD);
            commands.flush();
        } catch (IOException e) {
            // Nobody reads: it has ended, which its exit shows.
        }
    }

    /** The function belongs to the same user and may have stopped its supervisor. */
    private void killUnlessDone() {
        Process killed = process;
        CompletableFuture.delayedExecutor(END_LIMIT_SECONDS, TimeUnit.SECONDS).execute(() -> {
            if (killed.isAlive()) {
                ProcessStatus.kill(ProcessStatus.tree(killed.pid()));
                // The process itself would close the stream with its report.
                killed.toHandle().destroyForcibly();
            }
        });
    }

    /** Has no effect: the runtime's group is its supervisor's too. */
    @Override
    public void freeze() {}

    @Override
    public void thaw() {}

    @Override
    public synchronized long pid() {
        return process.pid();
    }

    @Override
    public MemoryMeter memory() {
        return memory;
    }

    @Override
    public synchronized CompletableFuture<Void> destroy() {
        if (process == null) {
            return CompletableFuture.runAsync(() -> FileTree.deleteUnchecked(directory));
        }
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The pipe is broken: it has ended.
        }
        killUnlessDone();
        return exit.thenAccept(status -> FileTree.deleteUnchecked(directory));
    }
}
