package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A sandbox that is a plain process group, supervised by a small script; a new group for each start. */
final class PlainContainer implements Container {
    /** The first one starts the runtime, the second one ends it. */
    private static final byte[] WORD = {'\n'};

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
        tell();
        return exit;
    }

    private static ExitStatus exitStatus(Process ended) {
        try (BufferedReader answer = ended.inputReader(StandardCharsets.US_ASCII)) {
            String code = answer.readLine();
            return code == null ? ExitStatus.KILLED : new ExitStatus(Integer.parseInt(code));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void kill() {
        tell();
    }

    private void tell() {
        try {
            OutputStream commands = process.getOutputStream();
            commands.write(WORD);
            commands.flush();
        } catch (IOException e) {
            // Nobody reads: it has ended, which its exit tells.
        }
    }

    /** Not at this level: the runtime's group is its supervisor's too. */
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
            return CompletableFuture.runAsync(() -> Directories.delete(directory));
        }
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The pipe is broken: it has ended.
        }
        return exit.thenAccept(status -> Directories.delete(directory));
    }
}
