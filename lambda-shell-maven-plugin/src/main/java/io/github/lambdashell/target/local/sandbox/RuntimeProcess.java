package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.extensions.SandboxExtensions;
import io.github.lambdashell.target.local.extensions.SandboxExtensions.Problem;
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
import java.util.concurrent.locks.ReentrantLock;

/** The runtime of one sandbox: its process together with its Runtime API. */
final class RuntimeProcess {
    private static final Duration INIT_LIMIT = Duration.ofSeconds(10);
    /** How long a killed runtime may take to end. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    /**
     * How long the runtime and the extensions may take to end, where there are extensions.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">Shutdown phase</a>
     */
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(2);
    /** The part of it that the runtime has, as in AWS's runtime interface emulator. */
    private static final Duration RUNTIME_SHUTDOWN_LIMIT = Duration.ofMillis(600);

    private final boolean isJava;
    private final SandboxExtensions extensions;
    private final RuntimeApi api;
    private final Container container;
    private volatile CompletableFuture<ExitStatus> exit = CompletableFuture.completedFuture(ExitStatus.KILLED);
    /** The end of all processes, which with extensions comes after that of the runtime's own. */
    private volatile CompletableFuture<ExitStatus> end = exit;

    private volatile RuntimeFailure abortReason;
    private Optional<Problem> extensionProblem = Optional.empty();
    /** Held while the API is served. */
    private final ReentrantLock serving = new ReentrantLock();

    /** Creates a container, given the address of the Runtime API. */
    @FunctionalInterface
    interface ContainerFactory {
        Container create(String runtimeApi) throws IOException;
    }

    /** @param isJava whether a JVM runs it, whose exit statuses say less about signals */
    RuntimeProcess(boolean isJava, SandboxExtensions extensions, ContainerFactory containers) throws IOException {
        this.isJava = isJava;
        this.extensions = extensions;
        this.api = new RuntimeApi(
                ConnectionOwner.processTree(
                        () -> container().pid(), () -> container().strays()),
                extensions);
        try {
            this.container = containers.create(api.address());
            extensions.runIn(container);
        } catch (IOException | RuntimeException e) {
            api.close();
            throw e;
        }
    }

    boolean isRunning() {
        return !exit.isDone() && !end.isDone();
    }

    SandboxExtensions extensions() {
        return extensions;
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
        serving.lock();
        try {
            RuntimeApi.End result = startWithin(INIT_LIMIT);
            if (result == RuntimeApi.End.TIME_LIMIT) {
                kill();
                result = startWithin(timeout);
            }
            return switch (result) {
                case INIT_ERROR -> api.initFailure().map(RuntimeFailure::reported);
                case TIME_LIMIT -> Optional.of(RuntimeFailure.timedOut(timeout));
                default -> reason(result);
            };
        } finally {
            serving.unlock();
        }
    }

    private RuntimeApi.End startWithin(Duration limit) throws IOException, InterruptedException {
        if (!end.isDone()) {
            // The runtime has ended without its extensions.
            kill();
        }
        synchronized (this) {
            exit = CompletableFuture.completedFuture(ExitStatus.KILLED);
            abortReason = null;
            extensionProblem = Optional.empty();
            api.reset();
        }
        container.memory().reset();
        return extensions.areExternal() ? startWithExtensions(limit) : startRuntime(Optional.empty(), limit);
    }

    private RuntimeApi.End startWithExtensions(Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        extensionProblem = extensions.launchError();
        if (extensionProblem.isPresent()) {
            return RuntimeApi.End.EXTENSION_FAILED;
        }
        CompletableFuture<ExitStatus> runtime = new CompletableFuture<>();
        Container.ExitListener exits = extensions.exits();
        container.startExtensions((number, status) -> {
            if (number == 0) {
                runtime.complete(status);
            } else {
                exits.ended(number, status);
                api.extensionsHaveChanged();
            }
        });
        RuntimeApi.End result = api.registerExtensions(limit);
        return result == RuntimeApi.End.IDLE
                ? startRuntime(Optional.of(runtime), Duration.ofNanos(deadline - System.nanoTime()))
                : result;
    }

    /** @param ownEnd completed by the end of the runtime's process, where other processes outlive it */
    private RuntimeApi.End startRuntime(Optional<CompletableFuture<ExitStatus>> ownEnd, Duration limit)
            throws IOException, InterruptedException {
        CompletableFuture<ExitStatus> all = container.start();
        CompletableFuture<ExitStatus> runtime = ownEnd.orElse(all);
        end = all;
        exit = runtime;
        runtime.whenComplete((status, problem) -> ended(runtime));
        if (ownEnd.isPresent()) {
            all.whenComplete((status, problem) -> runtime.complete(status == null ? ExitStatus.KILLED : status));
        }
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
     * @param deadline of the invocation
     * @return how it ended, for {@link #outcome}
     */
    RuntimeApi.End invoke(InvocationRequest request, Instant deadline, ResponseSink sink) throws InterruptedException {
        serving.lock();
        try {
            return api.invoke(request, deadline, sink);
        } finally {
            serving.unlock();
        }
    }

    /** Returns the outcome of an invocation that can't be aborted any more. */
    Outcome outcome(RuntimeApi.End result, String requestId) {
        Optional<RuntimeFailure> runtime = reason(result);
        boolean isOwn = api.isAnswered() && !api.isTruncated() || runtime.isEmpty();
        return new Outcome(isOwn ? api.failure() : runtime.map(failure -> failure.toFailure(requestId)), runtime);
    }

    private Optional<RuntimeFailure> reason(RuntimeApi.End result) {
        if (abortReason != null) {
            return Optional.of(abortReason);
        }
        return switch (result) {
            case EXTENSION_FAILED ->
                extensionProblem
                        .or(extensions::problem)
                        .map(problem -> new RuntimeFailure(problem.type(), problem.message(), Optional.empty()));
            case IDLE, TIME_LIMIT -> api.isTruncated() ? api.failure().map(RuntimeFailure::reported) : Optional.empty();
            default -> Optional.of(RuntimeFailure.exited(status(), isJava));
        };
    }

    private ExitStatus status() {
        return exit.isDone() && !exit.isCompletedExceptionally() ? exit.join() : ExitStatus.KILLED;
    }

    /** Ends the process during an invocation, from another thread; {@link #kill} is to follow. */
    void abort(RuntimeFailure reason) {
        abortReason = reason;
        api.abort();
        if (!reason.isTimeout() || !extensions.areExternal()) {
            container.kill();
        }
    }

    /**
     * Ends the runtime and then the extensions as Lambda does, by the signal TERM and the event SHUTDOWN. Has no effect
     * where no extension runs, or while another thread uses the sandbox.
     *
     * @param reason in Lambda's words
     */
    void shutDown(String reason) throws InterruptedException {
        if (extensions.areExternal() && serving.tryLock()) {
            try {
                if (extensions.areRunning() && (abortReason == null || abortReason.isTimeout())) {
                    endWithExtensions(reason);
                }
            } finally {
                serving.unlock();
            }
        }
    }

    private void endWithExtensions(String reason) throws InterruptedException {
        long begin = System.nanoTime();
        if (isRunning()) {
            api.resume();
            container.terminateRuntime();
            api.awaitProcessEnd(RUNTIME_SHUTDOWN_LIMIT);
        }
        api.shutDownExtensions(reason, SHUTDOWN_LIMIT.minusNanos(System.nanoTime() - begin));
    }

    /** Ends the process, if it still runs, and everything that it started. */
    void kill() throws InterruptedException {
        container.kill();
        extensions.killed();
        try {
            end.get(KILL_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("A function's process does not end", e);
        }
    }

    /** Ends the process and removes the container; a thread that serves the runtime returns. */
    CompletableFuture<Void> destroy() {
        api.stop();
        return container.destroy().whenComplete((nothing, problem) -> {
            try {
                api.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
