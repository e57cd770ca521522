package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.isolation.Container;
import io.github.lambdashell.target.local.isolation.ExitStatus;
import io.github.lambdashell.target.local.runtimeapi.ConnectionOwner;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import io.github.lambdashell.target.local.runtimeapi.InvocationRequest;
import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.runtimeapi.RuntimeApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The runtime of one sandbox: its process together with its Runtime API. */
final class RuntimeProcess {
    private static final Duration INIT_LIMIT = Duration.ofSeconds(10);
    /** How long a killed runtime may take to end. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final boolean isJava;
    private final RuntimeApi api;
    private final Container container;
    private volatile CompletableFuture<ExitStatus> exit = CompletableFuture.completedFuture(ExitStatus.KILLED);
    private volatile RuntimeFailure abortReason;

    /** Creates a container, given the address of the Runtime API. */
    @FunctionalInterface
    interface ContainerFactory {
        Container create(String runtimeApi) throws IOException;
    }

    /** @param isJava whether a JVM runs it, whose exit statuses say less about signals */
    RuntimeProcess(boolean isJava, ContainerFactory containers) throws IOException {
        this.isJava = isJava;
        this.api = new RuntimeApi(ConnectionOwner.processTree(
                () -> container().pid(), () -> container().strays()));
        try {
            this.container = containers.create(api.address());
        } catch (IOException | RuntimeException e) {
            api.close();
            throw e;
        }
    }

    boolean isRunning() {
        return !exit.isDone();
    }

    Container container() {
        return container;
    }

    /**
     * Starts the process and serves it until it asks for its first event.
     *
     * @param timeout the function's, for the second attempt that Lambda grants if the first takes over 10 s
     * @return why it can't be used
     */
    Optional<RuntimeFailure> start(Duration timeout) throws IOException, InterruptedException {
        RuntimeApi.End end = startWithin(INIT_LIMIT);
        if (end == RuntimeApi.End.TIME_LIMIT) {
            kill();
            end = startWithin(timeout);
        }
        return switch (end) {
            case INIT_ERROR -> api.initFailure().map(RuntimeFailure::reported);
            case TIME_LIMIT -> Optional.of(RuntimeFailure.timedOut(timeout));
            default -> reason(end);
        };
    }

    private RuntimeApi.End startWithin(Duration limit) throws IOException, InterruptedException {
        synchronized (this) {
            exit = CompletableFuture.completedFuture(ExitStatus.KILLED);
            abortReason = null;
            api.reset();
        }
        CompletableFuture<ExitStatus> started = container.start();
        exit = started;
        started.whenComplete((status, problem) -> ended(started));
        return api.initialize(limit);
    }

    /** The end of an earlier process says nothing about the current one. */
    private synchronized void ended(CompletableFuture<ExitStatus> process) {
        if (exit == process) {
            api.processHasEnded();
        }
    }

    /**
     * The end of an invocation.
     *
     * @param answer why there is no response, or only a part of one
     * @param runtime why the runtime can't go on
     */
    record Outcome(Optional<Failure> answer, Optional<RuntimeFailure> runtime) {}

    /**
     * Hands it an event and serves it until it asks for the next one.
     *
     * @param functionArn as it was invoked
     * @param deadline of the invocation
     * @return how it ended, for {@link #outcome}
     */
    RuntimeApi.End invoke(InvocationRequest request, String functionArn, Instant deadline, ResponseSink sink)
            throws InterruptedException {
        return api.invoke(request, functionArn, deadline, sink);
    }

    /** Returns the outcome of an invocation that can't be aborted any more. */
    Outcome outcome(RuntimeApi.End end, String requestId) {
        Optional<RuntimeFailure> runtime = reason(end);
        boolean isOwn = api.isAnswered() && !api.isTruncated() || runtime.isEmpty();
        return new Outcome(isOwn ? api.failure() : runtime.map(failure -> failure.toFailure(requestId)), runtime);
    }

    private Optional<RuntimeFailure> reason(RuntimeApi.End end) {
        if (abortReason != null) {
            return Optional.of(abortReason);
        }
        return switch (end) {
            case IDLE, TIME_LIMIT -> api.isTruncated() ? api.failure().map(RuntimeFailure::reported) : Optional.empty();
            default -> Optional.of(RuntimeFailure.exited(status(), isJava));
        };
    }

    private ExitStatus status() {
        return exit.isDone() && !exit.isCompletedExceptionally() ? exit.join() : ExitStatus.KILLED;
    }

    /** Ends the process during an invocation, from another thread. */
    void abort(RuntimeFailure reason) {
        abortReason = reason;
        api.abort();
        container.kill();
    }

    /** Ends the process, if it still runs, and everything that it started. */
    void kill() throws InterruptedException {
        container.kill();
        try {
            exit.get(KILL_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("A function's process does not end", e);
        }
    }

    /** Ends the process and removes the container; a thread that serves the runtime returns. */
    CompletableFuture<Void> destroy() {
        try {
            api.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return container.destroy();
    }
}
