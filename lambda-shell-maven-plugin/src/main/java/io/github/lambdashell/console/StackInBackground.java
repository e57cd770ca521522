package io.github.lambdashell.console;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Target;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The session's stack, found or deployed while the person already sees the prompt. What happens to the stack meanwhile is told to whoever waits for it.
 */
public final class StackInBackground implements Connection.Source {
    private final DeployListener progress;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final FutureTask<Taken> task;
    private boolean started;

    private record Taken(StackLease lease, Connection connection) {}

    /**
     * @param progress hears on the thread of whoever waits
     */
    public StackInBackground(Target target, StackLease.Request request, DeployListener progress) {
        this.progress = progress;
        this.task =
                new FutureTask<>(() -> {
                    StackLease lease = StackLease.take(target, request, new Later());
                    return new Taken(lease, Connection.to(lease.stack(), target, request.home()));
                }) {
                    @Override
                    protected void done() {
                        events.add(() -> {});
                    }
                };
    }

    /** Begins, unless it has begun. */
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
        return taken().connection();
    }

    /** Waits for the connection and shows what happens meanwhile. */
    public Connection getVisibly() throws InterruptedException {
        showUntilDone();
        return get();
    }

    /**
     * Waits for what is under way, then gives the stack back.
     *
     * @throws ShellException when something of it is left
     */
    public void giveBack() throws InterruptedException {
        if (!started) {
            return;
        }
        showUntilDone();
        StackLease lease;
        try {
            lease = taken().lease();
        } catch (ShellException e) {
            // There is no stack; whoever used it was told why.
            return;
        }
        lease.close();
        showUntilDone();
    }

    private void showUntilDone() throws InterruptedException {
        while (!task.isDone()) {
            events.take().run();
        }
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
    }

    private Taken taken() throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ShellException failure) {
                throw failure;
            }
            throw new IllegalStateException("can't take the stack", e.getCause());
        }
    }

    /** Keeps what happens until somebody waits for it. */
    private final class Later implements DeployListener {
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
