package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.log.SandboxLog;
import io.github.lambdashell.target.local.state.FileTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A sandbox that is a plain process group, supervised by a small script; a new group for each start. */
final class PlainContainer implements Container {
    private static final int END_LIMIT_SECONDS = 2;

    /** As in plain-child.sh. */
    private static final long MARK_FACTOR = 4_194_304;

    private final ProcessBuilder builder;
    private final Path directory;
    private final SandboxLog log;
    private final long port;
    private final MemoryMeter memory = new MemoryMeter();
    private Process process;
    private boolean hasExtensions;
    private CompletableFuture<ExitStatus> exit;

    /** @param runtimeApi the address, with a port that no other sandbox of this machine has */
    PlainContainer(ProcessBuilder builder, Path directory, SandboxLog log, String runtimeApi) {
        this.port = Long.parseLong(runtimeApi.substring(runtimeApi.lastIndexOf(':') + 1));
        this.builder = builder;
        this.directory = directory;
        this.log = log;
    }

    @Override
    public synchronized void startExtensions(ExitListener exits) throws IOException {
        process = log.start(builder);
        memory.watch(process.pid());
        Process started = process;
        exit = new CompletableFuture<>();
        hasExtensions = true;
        CompletableFuture<ExitStatus> ended = exit;
        Thread listener = new Thread(() -> ended.complete(read(started, exits)), "lshell-sandbox-" + process.pid());
        listener.setDaemon(true);
        listener.start();
        send("extensions");
    }

    private static ExitStatus read(Process process, ExitListener exits) {
        try (BufferedReader reports =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String report = reports.readLine(); report != null; report = reports.readLine()) {
                exits.read(report);
            }
        } catch (IOException e) {
            // It has ended.
        }
        return ExitStatus.KILLED;
    }

    @Override
    public synchronized CompletableFuture<ExitStatus> start() throws IOException {
        if (hasExtensions) {
            hasExtensions = false;
            send("start");
            return exit;
        }
        process = log.start(builder);
        memory.watch(process.pid());
        exit = process.onExit().thenApplyAsync(PlainContainer::exitStatus);
        send("start");
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
        if (process == null) {
            return;
        }
        send("kill");
        killUnlessDone();
    }

    @Override
    public synchronized void terminateRuntime() {
        send("term");
    }

    private void send(String word) {
        try {
            OutputStream commands = process.getOutputStream();
            commands.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
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

    /** A daemon's parent is the machine's first process. The script marks the runtime, whose children inherit the mark. */
    @Override
    public List<Long> strays() {
        Pattern mark = Pattern.compile("(?m)^Max file locks +" + (port * MARK_FACTOR + pid()) + " ");
        List<Long> strays = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (hasLimit(process, mark)) {
                    strays.add(Long.valueOf(process.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            // The system has no /proc.
        }
        return strays;
    }

    private static boolean hasLimit(Path process, Pattern limit) {
        try {
            return limit.matcher(Files.readString(process.resolve("limits"), StandardCharsets.US_ASCII))
                    .find();
        } catch (IOException e) {
            // It has ended.
            return false;
        }
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
