package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.isolation.Container;
import io.github.lambdashell.target.local.isolation.ExitStatus;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import io.github.lambdashell.target.local.runtimeapi.Invocation;
import io.github.lambdashell.target.local.runtimeapi.RuntimeApi;
import io.github.lambdashell.target.local.runtimeapi.RuntimeApiServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The runtime of one sandbox: its process and what that says through the Runtime API, seen as one. */
final class RuntimeProcess implements RuntimeApi.Listener {
    private static final Duration INIT_LIMIT = Duration.ofSeconds(10);
    /** How long a killed runtime may take to end. */
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);

    private final RuntimeApi api;
    private final Container container;
    private volatile CompletableFuture<ExitStatus> exit = CompletableFuture.completedFuture(ExitStatus.KILLED);
    private volatile Work work;

    /** How a container is made, once the Runtime API's address is known. */
    @FunctionalInterface
    interface ContainerFactory {
        Container create(String runtimeApi) throws IOException;
    }

    RuntimeProcess(RuntimeApiServer apis, ContainerFactory containers) throws IOException {
        this.api = apis.open(this);
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
     * Starts the process and waits until it asks for its first event.
     *
     * @param requestId of the invocation that makes the start necessary
     * @param timeout the function's, for the second try that Lambda grants where the first takes over 10 s
     * @return why it can't be used, in which case it has ended
     */
    Optional<Failure> start(String requestId, Duration timeout) throws IOException, InterruptedException {
        try {
            return start(requestId).await(INIT_LIMIT);
        } catch (TimeoutException first) {
            end();
        }
        try {
            return start(requestId).await(timeout);
        } catch (TimeoutException second) {
            end();
            return Optional.of(Failures.timedOut(requestId, timeout));
        }
    }

    private Work start(String requestId) throws IOException {
        Work initialization = new Work(requestId, Optional.empty());
        synchronized (this) {
            work = initialization;
            exit = CompletableFuture.completedFuture(ExitStatus.KILLED);
        }
        api.reset();
        CompletableFuture<ExitStatus> started = container.start();
        exit = started;
        started.whenComplete((status, problem) -> ended(started, problem == null ? status : ExitStatus.KILLED));
        return initialization;
    }

    /** The end of a process that another one has followed by now says nothing of what that one does. */
    private synchronized void ended(CompletableFuture<ExitStatus> process, ExitStatus status) {
        if (exit == process) {
            work.ended(status);
        }
    }

    /** Gives it an invocation, at once. */
    Work offer(Invocation invocation) {
        Work answering = new Work(invocation.requestId(), Optional.of(invocation.response()));
        work = answering;
        if (exit.isDone()) {
            answering.ended(exit.join());
        } else {
            api.offer(invocation);
        }
        return answering;
    }

    /** Ends the process, if it still runs, and everything that it started. */
    void end() throws InterruptedException {
        container.kill();
        try {
            exit.get(END_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("A function's process does not end", e);
        }
    }

    CompletableFuture<Void> destroy() {
        api.close();
        return container.destroy();
    }

    @Override
    public void idle() {
        work.succeed();
    }

    @Override
    public void initializationFailed(Failure failure) {
        work.fail(failure);
    }
}
