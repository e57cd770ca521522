package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.Layers;
import io.github.lambdashell.target.local.runtime.UnsupportedRuntimeException;
import io.github.lambdashell.target.local.runtimeapi.InvocationRequest;
import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandboxes of all functions: one for each concurrent invocation, reused while warm, the one used last first.
 * Thread-safe. Sandboxes are created and started outside of its lock.
 */
public final class SandboxPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxPool.class);
    private static final long CLOSE_LIMIT_MILLIS = 3000;

    private final int concurrency;
    private final ScheduledThreadPoolExecutor timers;
    private final SandboxFactory factory;
    private final Map<String, Prepared> prepared = new HashMap<>();
    private final Map<String, Deque<Sandbox>> idle = new HashMap<>();
    private final Map<String, Integer> busy = new HashMap<>();
    private final Set<Sandbox> all = new HashSet<>();
    /** Creations and removals of sandboxes that have not ended yet. */
    private final Set<CompletableFuture<?>> unfinished = new HashSet<>();

    private boolean closed;

    /** The maximum number of concurrent invocations of a function is reached. */
    public static final class ConcurrencyExceededException extends Exception {
        private static final long serialVersionUID = 1L;

        private ConcurrencyExceededException(int limit) {
            super("All " + limit + " sandboxes of the function are busy");
        }
    }

    /** The use of a sandbox by more than one invocation. */
    public enum Reuse {
        /** An invocation takes a warm sandbox if there is one, and leaves it for the next. */
        WARM,
        /** An invocation has a new sandbox, which is destroyed after it. */
        NEVER
    }

    /** A sandbox that is started ahead of a function's first invocation. */
    private record Prepared(String revisionId, CompletableFuture<Sandbox> sandbox) {}

    /**
     * @param state where sandboxes have their directories and functions their logs
     * @param credentials returns the environment variables with a function's credentials
     * @param layers the layers that functions may have
     */
    public SandboxPool(
            StateDirectory state,
            SandboxOptions options,
            Function<FunctionDefinition, Map<String, String>> credentials,
            Layers layers) {
        this.concurrency = options.concurrency();
        this.timers = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "lshell-timers"));
        this.timers.setRemoveOnCancelPolicy(true);
        this.factory = new SandboxFactory(state, options, credentials, layers, timers);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts a sandbox for the function's first invocation in the background. Does nothing if the function has one
     * already. If it fails, the first invocation fails in the same way.
     */
    public synchronized void prepare(FunctionDefinition function) {
        String name = function.name();
        if (closed || busy.getOrDefault(name, 0) > 0 || hasIdle(function) || isPrepared(function)) {
            return;
        }
        CompletableFuture<Sandbox> sandbox = new CompletableFuture<>();
        discard(prepared.put(name, new Prepared(function.revisionId(), sandbox)));
        track(sandbox);
        daemon(() -> prepare(function, sandbox), "lshell-prepare-" + name).start();
    }

    private void prepare(FunctionDefinition function, CompletableFuture<Sandbox> result) {
        try {
            Sandbox sandbox = create(function);
            try {
                sandbox.prepare();
            } catch (IOException | RuntimeException | InterruptedException e) {
                destroy(sandbox);
                throw e;
            }
            result.complete(sandbox);
        } catch (IOException | RuntimeException | InterruptedException e) {
            result.completeExceptionally(e);
        }
    }

    private boolean hasIdle(FunctionDefinition function) {
        Deque<Sandbox> sandboxes = idle.get(function.name());
        return sandboxes != null && sandboxes.stream().anyMatch(sandbox -> isOfRevision(sandbox, function));
    }

    private boolean isPrepared(FunctionDefinition function) {
        Prepared current = prepared.get(function.name());
        return current != null && current.revisionId.equals(function.revisionId());
    }

    private static boolean isOfRevision(Sandbox sandbox, FunctionDefinition function) {
        return sandbox.function().revisionId().equals(function.revisionId());
    }

    /**
     * Runs one invocation in a sandbox of that revision of the function. The caller's thread serves the function until
     * it has finished.
     *
     * @throws ConcurrencyExceededException if too many invocations are running
     * @throws UnsupportedRuntimeException if the function's runtime can't run on this machine
     * @throws IOException if the machine can't start processes
     */
    public InvocationResult invoke(
            FunctionDefinition function, InvocationRequest request, Reuse reuse, ResponseSink sink)
            throws IOException, InterruptedException, ConcurrencyExceededException {
        Optional<Prepared> started;
        Sandbox sandbox;
        synchronized (this) {
            requireOpen();
            String name = function.name();
            if (busy.getOrDefault(name, 0) >= concurrency) {
                throw new ConcurrencyExceededException(concurrency);
            }
            busy.merge(name, 1, Integer::sum);
            started = takePrepared(function);
            sandbox = started.isPresent() || reuse == Reuse.NEVER ? null : takeIdle(function);
        }
        boolean isReusable = false;
        try {
            if (started.isPresent()) {
                sandbox = await(started.get().sandbox);
            } else if (sandbox == null) {
                sandbox = create(function);
            }
            InvocationResult result = sandbox.invoke(request, sink);
            isReusable = reuse == Reuse.WARM;
            return result;
        } finally {
            release(function, sandbox, isReusable);
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("The local target is being closed");
        }
    }

    private Optional<Prepared> takePrepared(FunctionDefinition function) {
        Prepared taken = prepared.remove(function.name());
        if (taken != null && !taken.revisionId.equals(function.revisionId())) {
            discard(taken);
            return Optional.empty();
        }
        return Optional.ofNullable(taken);
    }

    /** Returns the one used last, or null; those of another revision are destroyed on the way. */
    private Sandbox takeIdle(FunctionDefinition function) {
        Deque<Sandbox> sandboxes = idle.getOrDefault(function.name(), new ArrayDeque<>());
        while (!sandboxes.isEmpty()) {
            Sandbox sandbox = sandboxes.pop();
            if (isOfRevision(sandbox, function)) {
                return sandbox;
            }
            destroy(sandbox);
        }
        return null;
    }

    private Sandbox await(CompletableFuture<Sandbox> sandbox) throws IOException, InterruptedException {
        try {
            return sandbox.get();
        } catch (ExecutionException e) {
            // The stack trace is the background thread's; the message is what counts.
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IOException("The function's sandbox was not started", e.getCause());
        } catch (InterruptedException e) {
            sandbox.thenAccept(this::destroy);
            throw e;
        }
    }

    private Sandbox create(FunctionDefinition function) throws IOException {
        CompletableFuture<Void> creation = new CompletableFuture<>();
        track(creation);
        try {
            Sandbox sandbox = factory.create(function);
            synchronized (this) {
                all.add(sandbox);
                if (closed) {
                    destroy(sandbox);
                }
                requireOpen();
            }
            return sandbox;
        } finally {
            creation.complete(null);
        }
    }

    /** @param sandbox null if there was none */
    private synchronized void release(FunctionDefinition function, Sandbox sandbox, boolean isReusable) {
        busy.merge(function.name(), -1, Integer::sum);
        if (sandbox != null && isReusable && !closed) {
            idle.computeIfAbsent(function.name(), name -> new ArrayDeque<>()).push(sandbox);
        } else if (sandbox != null) {
            destroy(sandbox);
        }
    }

    /** Returns the level of isolation, for a person to read; empty before the first sandbox. */
    public Optional<String> isolation() {
        return factory.isolation();
    }

    /** Sets the receiver of a line about the level of isolation. Defaults to the log. */
    public void reportTo(Consumer<String> listener) {
        factory.reportTo(listener);
    }

    /** Destroys the idle sandboxes of a function that has been deleted. */
    public synchronized void forget(String functionName) {
        discard(prepared.remove(functionName));
        Deque<Sandbox> sandboxes = idle.remove(functionName);
        if (sandboxes != null) {
            sandboxes.forEach(this::destroy);
        }
    }

    /** @param unwanted null for none */
    private void discard(Prepared unwanted) {
        if (unwanted != null) {
            unwanted.sandbox.thenAccept(this::destroy);
        }
    }

    private synchronized void destroy(Sandbox sandbox) {
        if (all.remove(sandbox)) {
            track(sandbox.destroy().exceptionally(problem -> {
                LOG.warn(
                        "A sandbox of {} was not removed: {}",
                        sandbox.function().name(),
                        problem.getMessage());
                return null;
            }));
        }
    }

    private synchronized void track(CompletableFuture<?> future) {
        unfinished.add(future);
        future.whenComplete((result, problem) -> untrack(future));
    }

    private synchronized void untrack(CompletableFuture<?> future) {
        unfinished.remove(future);
    }

    /** Destroys every sandbox with everything in it. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_LIMIT_MILLIS);
        synchronized (this) {
            closed = true;
            List.copyOf(all).forEach(this::destroy);
        }
        try {
            // A sandbox that was being created is destroyed after that.
            for (CompletableFuture<?> next = anyUnfinished(); next != null; next = anyUnfinished()) {
                next.handle((result, problem) -> null).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            LOG.warn("Functions have not ended after {} ms", CLOSE_LIMIT_MILLIS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timers.shutdownNow();
    }

    private synchronized CompletableFuture<?> anyUnfinished() {
        return unfinished.isEmpty() ? null : unfinished.iterator().next();
    }
}
