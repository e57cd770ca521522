package io.github.lambdashell.console;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Target;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/** The session's stack, found or deployed while the user already sees the prompt. */
public final class StackInBackground implements Connection.Source, AutoCloseable {
    private final DeployListener progress;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final FutureTask<Leased> task;
    private boolean started;

    private record Leased(StackLease lease, Connection connection) {}

    /**
     * @param progress called by the threads that wait for the stack
     */
    public StackInBackground(Target target, StackLease.Request request, DeployListener progress) {
        this.progress = progress;
        this.task =
                new FutureTask<>(() -> {
                    StackLease lease = StackLease.take(target, request, new QueuedEvents());
                    return new Leased(lease, Connection.to(lease.stack(), target, request.home()));
                }) {
                    @Override
                    protected void done() {
                        events.add(() -> {});
                    }
                };
    }

    /** Starts in the background, once. */
    public void start() {
        if (started) {
            return;
        }
        started = true;
        Thread thread = new Thread(task, "lshell-stack");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Connection get() throws InterruptedException {
        return leased().connection();
    }

    /** Waits for the connection and shows the progress. */
    public Connection getVisibly() throws InterruptedException {
        showUntilDone();
        return get();
    }

    /**
     * Waits for the end of a deploy, then removes the stack if it is temporary.
     *
     * @throws ShellException if something of it is left
     */
    @Override
    public void close() {
        if (!started) {
            return;
        }
        try {
            showUntilDone();
            lease().ifPresent(StackLease::close);
            showUntilDone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<StackLease> lease() throws InterruptedException {
        try {
            return Optional.of(leased().lease());
        } catch (ShellException e) {
            // There is no stack, and the caller of get() has the reason.
            return Optional.empty();
        }
    }

    private void showUntilDone() throws InterruptedException {
        while (!task.isDone()) {
            events.take().run();
        }
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
    }

    private Leased leased() throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ShellException failure) {
                throw failure;
            }
            throw new IllegalStateException("can't find or deploy the stack", e.getCause());
        }
    }

    /** Keeps events until a thread waits for the stack. */
    private final class QueuedEvents implements DeployListener {
        @Override
        public void step(String line) {
            events.add(() -> progress.step(line));
        }

        @Override
        public void warning(String line) {
            events.add(() -> progress.warning(line));
        }

        @Override
        public void resource(String resource, String type, String status) {
            events.add(() -> progress.resource(resource, type, status));
        }
    }
}
