package io.github.lambdashell.function.handler;

import io.github.lambdashell.function.process.OutputSink;
import io.github.lambdashell.function.process.ProcessTree;
import io.github.lambdashell.function.process.Signal;
import io.github.lambdashell.function.process.SystemProcess;
import io.github.lambdashell.function.state.ShellState;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the project's handler: Lambda's own runtime with its Runtime API. */
final class HandlerProcess implements Closeable {
    private static final String RUNTIME_API = "AWS_LAMBDA_RUNTIME_API";
    private static final String EXEC_WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER";
    private static final String USERS_WRAPPER = "LSHELL_HANDLER_WRAPPER";
    private static final String HANDLER = "_HANDLER";

    /** Java adds it to the number of the signal that ended a process. */
    private static final int SIGNALED = 128;

    private static final List<Path> SOCKETS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    final HandlerApi api;
    final HandlerLog log = new HandlerLog();
    private final Process process;
    private final ProcessTree tree;
    private final long startTicks = SystemProcess.now();
    private final long startNanos;

    private int events;
    private boolean isInitReported;

    /** Between requests the execution environment may be frozen. */
    private long pausedNanos;

    private long pausedAt;

    private volatile boolean isKilled;

    /**
     * Starts the process.
     *
     * @param handler the project's handler
     * @param commandLine of Lambda's runtime, with the shell function's handler
     * @throws IOException if the system can't start it
     */
    HandlerProcess(String handler, boolean isSnapStart, List<String> commandLine) throws IOException {
        // In a published version the environment is already as it is before a snapshot.
        boolean isRehearsal = isSnapStart && !ProjectHandler.IN_SNAPSHOT;
        SandboxCredentials credentials = isRehearsal ? new SandboxCredentials() : null;
        api = new HandlerApi(this::owner, System.getenv(RUNTIME_API), credentials);
        ProcessBuilder builder = new ProcessBuilder();
        Map<String, String> environment = builder.environment();
        String shellHandler = environment.put(HANDLER, handler);
        ShellState.restoreLocale(environment);
        environment.put(RUNTIME_API, api.address());
        List<String> command = new ArrayList<>();
        environment.remove(EXEC_WRAPPER);
        environment.remove(ProjectHandler.SNAPSHOT_HANDLER);
        String wrapper = environment.remove(USERS_WRAPPER);
        if (wrapper != null) {
            environment.put(EXEC_WRAPPER, wrapper);
            command.add(wrapper);
        }
        for (String argument : commandLine) {
            command.add(argument.equals(shellHandler) ? handler : argument);
        }
        if (isRehearsal) {
            environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
            environment.remove("AWS_LAMBDA_LOG_GROUP_NAME");
            environment.remove("AWS_LAMBDA_LOG_STREAM_NAME");
            credentials.addTo(environment, api.address());
        }
        startNanos = System.nanoTime();
        try {
            process = builder.command(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(log.writeEnd()))
                    .start();
        } catch (IOException e) {
            api.close();
            throw e;
        }
        log.start();
        tree = new ProcessTree(process.toHandle(), startTicks, RUNTIME_API + '=' + api.address(), List.of(log.link()));
        process.onExit().thenRun(api::processHasEnded);
    }

    /** Returns the process that has the other end of a connection, if the handler's process is or started it. */
    private long owner(int remotePort, int localPort) throws IOException {
        if (!SystemProcess.SHOWN) {
            return process.pid();
        }
        String socket = socket(remotePort, localPort);
        for (SystemProcess candidate : SystemProcess.startedSince(startTicks)) {
            if (candidate.hasVariable(RUNTIME_API + '=' + api.address()) && candidate.holds(List.of(socket))) {
                return candidate.pid;
            }
        }
        return 0;
    }

    /**
     * Returns the target of a socket's descriptors, as /proc shows it; nothing if there is none. Java's own sockets are
     * IPv6 ones, with IPv4 addresses mapped.
     */
    private static String socket(int port, int peerPort) throws IOException {
        for (Path list : SOCKETS) {
            if (Files.exists(list)) {
                for (String line : Files.readAllLines(list, StandardCharsets.ISO_8859_1)) {
                    // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode
                    String[] fields = line.trim().split("\\s+");
                    if (fields.length > 9 && isLoopback(fields[1], port) && isLoopback(fields[2], peerPort)) {
                        return "socket:[" + fields[9] + "]";
                    }
                }
            }
        }
        return "";
    }

    /** Returns whether /proc shows 127.0.0.1, which it does in the byte order of the machine: little-endian. */
    private static boolean isLoopback(String address, int port) {
        return address.endsWith(String.format("0100007F:%04X", port));
    }

    /** Returns whether it can receive events. The system reports the end of a large process that was killed later. */
    boolean isAlive() {
        return !isKilled && process.isAlive();
    }

    /** Returns the process that asks for events, which a wrapper script may have started; the first one before. */
    long pid() {
        long pid = api.process();
        return pid == 0 ? process.pid() : pid;
    }

    /**
     * Waits until the process asks for its first event, or to be restored.
     *
     * @return false if it reported that it can't start, ended, or was not ready at the deadline
     */
    boolean awaitInitialized(long deadline, OutputSink whileIdle) throws IOException, InterruptedException {
        return api.awaitInitialized(deadline, whileIdle) && api.startFailure() == null;
    }

    /** Returns whether this is the first call, so that only one event's result has {@link #initMillis}. */
    boolean takeInitReport() {
        boolean isFirst = !isInitReported;
        isInitReported = true;
        return isFirst;
    }

    /** Returns the duration from its start to its first request for an event, without the time between requests. */
    double initMillis() {
        return (api.readyAt() - startNanos - pausedNanos) / 1e6;
    }

    /** Hands an event to the process, which waits for it. */
    void offer(PendingEvent event) {
        events++;
        api.offer(event);
    }

    /** Returns whether the process has ended with its first event, which it reported as failed. */
    boolean isUnableToServe() {
        return events == 1 && !isAlive() && api.failure() != null;
    }

    /** Notes that a request has ended. */
    void pause() {
        pausedAt = System.nanoTime();
    }

    /** Notes that a request begins. */
    void resume() {
        if (pausedAt != 0 && api.readyAt() == 0) {
            pausedNanos += System.nanoTime() - pausedAt;
        }
        pausedAt = 0;
    }

    /** Returns why the process can't go on, in Lambda's words. */
    String exitReason() throws InterruptedException {
        process.waitFor(1, TimeUnit.SECONDS);
        int status = process.isAlive() ? 0 : process.exitValue();
        switch (status) {
            case 0:
                return "Runtime exited without providing a reason";
            case SIGNALED + 6:
                return "Runtime exited with error: signal: aborted";
            case SIGNALED + 9:
                return "Runtime exited with error: signal: killed";
            case SIGNALED + 11:
                return "Runtime exited with error: signal: segmentation fault";
            default:
                // Also of a JVM that ended itself after SIGTERM.
                return "Runtime exited with error: exit status " + status;
        }
    }

    /** Ends the process and all that it started, and passes on what it has written. */
    void kill() throws IOException, InterruptedException {
        isKilled = true;
        tree.end(Signal.KILL, 0);
        log.awaitEnd();
        api.close();
    }

    /** Ends it like {@link #kill}, and drops what it writes. */
    @Override
    public void close() throws IOException {
        log.drop();
        try {
            tree.end(Signal.KILL, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        api.close();
    }
}
