package io.github.lambdashell.emulator.cloudformation.stack;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A runner of operations in the background. */
final class OperationRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final StackStore store;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(new DefaultThreadFactory("lshell-endpoint-stack", true));
    private final Map<String, Future<?>> underWay = new ConcurrentHashMap<>();

    OperationRunner(StackStore store) {
        this.store = store;
    }

    void run(Stack stack, Operation operation) {
        FutureTask<Void> task = new FutureTask<>(() -> runToItsEnd(stack, operation), null);
        underWay.put(stack.id(), task);
        threads.execute(task);
    }

    private void runToItsEnd(Stack stack, Operation operation) {
        try {
            operation.run();
        } catch (IOException | RuntimeException | Error e) {
            // An error also ends the operation; otherwise callers would wait for it forever.
            LOG.error("the work on {} failed", stack.name(), e);
            abandon(stack, e);
        } finally {
            underWay.remove(stack.id());
        }
    }

    /** Leaves the stack as if this process had died, because the progress of the operation is unknown. */
    private void abandon(Stack stack, Throwable cause) {
        try {
            store.abandon(stack, "Internal Failure: " + cause);
        } catch (IOException e) {
            LOG.error("the state of {} can't be written", stack.name(), e);
        }
    }

    /** Waits until a stack is created, which takes little time here. AWS can delete a stack during its creation. */
    void awaitCreation(String nameOrId) throws IOException {
        Stack stack = store.find(nameOrId).orElse(null);
        Future<?> operation = stack == null ? null : underWay.get(stack.id());
        if (operation != null && stack.status().equals("CREATE_IN_PROGRESS")) {
            try {
                operation.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (TimeoutException e) {
                LOG.debug("{} is still being made", stack.name());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
