package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.Layers;
import io.github.lambdashell.target.local.runtime.UnsupportedRuntimeException;
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
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandboxes of all functions: one for each concurrent invocation, reused while warm, the one used last first.
 * Thread-safe.
 */
public final class SandboxPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxPool.class);
    private static final long CLOSE_PATIENCE_MILLIS = 3000;

    private final int concurrency;
    private final ScheduledThreadPoolExecutor timers;
    private final SandboxFactory factory;
    private final Map<String, Deque<Sandbox>> idle = new HashMap<>();
    private final Map<String, Integer> busy = new HashMap<>();
    private final Set<Sandbox> all = new HashSet<>();
    private final Set<CompletableFuture<Void>> ends = new HashSet<>();
    private boolean closed;

    /**
     * @param state where sandboxes have their directories and functions their logs
     * @param credentials the variables that hold a function's credentials
     * @param layers that functions may have
     */
    public SandboxPool(
            StateDirectory state,
            SandboxOptions options,
            Function<FunctionDefinition, Map<String, String>> credentials,
            Layers layers) {
        this.concurrency = options.concurrency();
        this.timers = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "lshell-timers");
            thread.setDaemon(true);
            return thread;
        });
        this.timers.setRemoveOnCancelPolicy(true);
        this.factory = new SandboxFactory(state, options, credentials, layers, timers);
    }

    /**
     * Runs one invocation in a warm sandbox of that revision of the function, or in a new one.
     *
     * @throws ConcurrencyExceededException when too many run
     * @throws UnsupportedRuntimeException when the function's runtime can't run here
     * @throws IOException when the machine can't start processes
     */
    public InvocationResult invoke(FunctionDefinition function, InvocationRequest request, ResponseSink sink)
            throws IOException, InterruptedException, ConcurrencyExceededException {
        Sandbox sandbox = acquire(function);
        boolean isReusable = false;
        try {
            InvocationResult result = sandbox.invoke(request, sink);
            isReusable = true;
            return result;
        } finally {
            release(sandbox, isReusable);
        }
    }

    /** How far sandboxes are kept apart from the machine, for a person to read; empty before the first one. */
    public Optional<String> isolation() {
        return factory.isolation();
    }

    /** Ends the idle sandboxes of a function that is no more. */
    public synchronized void forget(String functionName) {
        Deque<Sandbox> sandboxes = idle.remove(functionName);
        if (sandboxes != null) {
            sandboxes.forEach(this::destroy);
        }
    }

    private synchronized Sandbox acquire(FunctionDefinition function) throws IOException, ConcurrencyExceededException {
        if (closed) {
            throw new IOException("The local target is being closed");
        }
        String name = function.name();
        if (busy.getOrDefault(name, 0) >= concurrency) {
            throw new ConcurrencyExceededException(concurrency);
        }
        Sandbox sandbox = idleOfRevision(function);
        if (sandbox == null) {
            sandbox = factory.create(function);
            all.add(sandbox);
        }
        busy.merge(name, 1, Integer::sum);
        return sandbox;
    }

    /** The one used last; those of another revision are ended on the way. */
    private Sandbox idleOfRevision(FunctionDefinition function) {
        Deque<Sandbox> sandboxes = idle.getOrDefault(function.name(), new ArrayDeque<>());
        while (!sandboxes.isEmpty()) {
            Sandbox sandbox = sandboxes.pop();
            if (sandbox.function().revisionId().equals(function.revisionId())) {
                return sandbox;
            }
            destroy(sandbox);
        }
        return null;
    }

    private synchronized void release(Sandbox sandbox, boolean isReusable) {
        String name = sandbox.function().name();
        busy.merge(name, -1, Integer::sum);
        if (isReusable && !closed) {
            idle.computeIfAbsent(name, key -> new ArrayDeque<>()).push(sandbox);
        } else {
            destroy(sandbox);
        }
    }

    private synchronized void destroy(Sandbox sandbox) {
        if (!all.remove(sandbox)) {
            return;
        }
        CompletableFuture<Void> end = sandbox.destroy().exceptionally(problem -> {
            LOG.warn("A sandbox of {} was not removed: {}", sandbox.function().name(), problem.getMessage());
            return null;
        });
        ends.add(end);
        end.thenRun(() -> forget(end));
    }

    private synchronized void forget(CompletableFuture<Void> end) {
        ends.remove(end);
    }

    /** Ends every sandbox and everything in it. */
    @Override
    public void close() {
        CompletableFuture<Void> allEnds;
        synchronized (this) {
            closed = true;
            List.copyOf(all).forEach(this::destroy);
            allEnds = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
        }
        try {
            allEnds.get(CLOSE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("Functions have not ended after {} ms", CLOSE_PATIENCE_MILLIS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timers.shutdownNow();
        factory.close();
    }
}
