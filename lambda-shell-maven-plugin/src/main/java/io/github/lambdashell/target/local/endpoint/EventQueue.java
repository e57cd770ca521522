package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.runtimeapi.InvocationRequest;
import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import io.github.lambdashell.target.local.sandbox.SandboxPool.ConcurrencyExceededException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that are accepted at once and run afterwards, in no certain order. Each one runs once; Lambda would run an event
 * up to two more times if the function fails, and has queues and destinations for its end.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html">Asynchronous invocation</a>
 */
final class EventQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

    /** Maximum number of events that run at the same time, so that many of them do not overload this machine. */
    private static final int MAX_RUNNING = 10;

    /** Pause before the next attempt while all sandboxes of the function are busy, in milliseconds. */
    private static final long PAUSE_MILLIS = 100;

    /** Lambda discards the response to an event. */
    private static final ResponseSink DISCARDED = new ResponseSink() {
        @Override
        public void start(String contentType) {}

        @Override
        public void write(byte[] bytes) {}
    };

    private final SandboxPool sandboxes;
    private final ExecutorService threads = Executors.newFixedThreadPool(MAX_RUNNING, task -> {
        Thread thread = new Thread(task, "lshell-event");
        thread.setDaemon(true);
        return thread;
    });

    EventQueue(SandboxPool sandboxes) {
        this.sandboxes = sandboxes;
    }

    /**
     * Accepts an event.
     *
     * @throws IOException if the queue is closed
     */
    void add(FunctionDefinition function, InvocationRequest request) throws IOException {
        try {
            threads.execute(() -> run(function, request));
        } catch (RejectedExecutionException e) {
            throw new IOException("The local target is being closed", e);
        }
    }

    private void run(FunctionDefinition function, InvocationRequest request) {
        try {
            while (!hasRun(function, request)) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("An event of {} was ended with the endpoint: {}", function.name(), request.requestId());
        } catch (IOException | RuntimeException e) {
            LOG.warn("An event of {} did not run: {}", function.name(), e.getMessage());
        }
    }

    /** Runs an event if a sandbox is free; a failure of the function is in its log. */
    private boolean hasRun(FunctionDefinition function, InvocationRequest request)
            throws IOException, InterruptedException {
        try {
            sandboxes.invoke(function, request, SandboxPool.Reuse.WARM, DISCARDED);
            return true;
        } catch (ConcurrencyExceededException e) {
            LOG.debug("an event waits: {}", e.getMessage());
            return false;
        }
    }

    /** Ends the events that run, and discards those that wait. */
    @Override
    public void close() {
        List<Runnable> waiting = threads.shutdownNow();
        if (!waiting.isEmpty()) {
            LOG.warn("{} accepted events did not run, because the endpoint was closed before", waiting.size());
        }
    }
}
