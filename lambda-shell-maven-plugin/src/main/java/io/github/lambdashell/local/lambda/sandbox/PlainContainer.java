package io.github.lambdashell.local.lambda.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A sandbox that is a plain process group, supervised by a small script; a new group for each start. */
final class PlainContainer implements Container {
    private static final byte[] END_OF_RUNTIME = {'\n'};

    private final ProcessBuilder builder;
    private final Path directory;
    private final SandboxLog log;
    private Process process;
    private LogPipe logPipe;
    private CompletableFuture<ExitStatus> exit;
    private ProcessMemory memory = ProcessMemory.NONE;

    PlainContainer(ProcessBuilder builder, Path directory, SandboxLog log) {
        this.builder = builder;
        this.directory = directory;
        this.log = log;
    }

    @Override
    public synchronized CompletableFuture<ExitStatus> start() throws IOException {
        Process started = builder.start();
        LogPipe pipe = LogPipe.readStandardError(started, log);
        BufferedReader answers =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.US_ASCII));
        String runtimePid = answers.readLine();
        if (runtimePid != null) {
            memory = ProcessMemory.of(Long.parseLong(runtimePid));
        }
        process = started;
        logPipe = pipe;
        exit = started.onExit().thenApplyAsync(ended -> exitStatus(answers, pipe));
        return exit;
    }

    private static ExitStatus exitStatus(BufferedReader answers, LogPipe pipe) {
        try {
            pipe.finish();
            String code = answers.readLine();
            return code == null ? ExitStatus.KILLED : new ExitStatus(Integer.parseInt(code));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void kill() {
        try {
            OutputStream commands = process.getOutputStream();
            commands.write(END_OF_RUNTIME);
            commands.flush();
        } catch (IOException e) {
            // Nobody reads: it has ended.
        }
    }

    @Override
    public void drainLog() {
        logPipe().drain();
    }

    private synchronized LogPipe logPipe() {
        return logPipe;
    }

    @Override
    public synchronized int maxMemoryUsedMb() {
        return memory.peakMb();
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
