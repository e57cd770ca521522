package io.github.lambdashell.console.terminal;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.session.ControlChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the terminal to one action at a time: Ctrl-C and typed input go to it. If Ctrl-C does not end an action, the
 * prompt no longer waits for it.
 */
public final class Foreground implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);

    /** The function polls every 200 ms and ends the command at once; after this time it does not react. */
    private static final Duration REACTION_LIMIT = Duration.ofSeconds(3);

    /** Limits the deletion of a session's last objects; remaining ones expire in the bucket. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final Screen screen;

    /** Does what must not block the terminal's signal thread or the prompt. */
    private final ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1, Foreground::daemon);

    private volatile Running running;
    private String typedAhead = "";

    /** As in every terminal, Ctrl-C also discards what was typed before it and not read. */
    private volatile boolean dropsTypedAhead;

    /** Handles Ctrl-C from now on. */
    public Foreground(Terminal terminal, Screen screen) {
        this.terminal = terminal;
        this.screen = screen;
        background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        background.setRemoveOnCancelPolicy(true);
        terminal.handle(Signal.INT, signal -> interrupt());
    }

    /** An action in the foreground; it blocks until it has ended or is interrupted. */
    public interface Action<T> {
        T run() throws InterruptedException, DetachedException;
    }

    /** The user no longer waits for the end of an action. */
    public static final class DetachedException extends Exception {
        /**
         * @param message what happens to the action, for the user
         */
        public DetachedException(String message) {
            super(message, null, false, false);
        }
    }

    /** Returns the screen. */
    public Screen screen() {
        return screen;
    }

    /** Returns the size of the window as environment variables; empty if it is unknown. */
    public Map<String, String> windowSize() {
        Size size = terminal.getSize();
        return size.getColumns() > 0 && size.getRows() > 0
                ? Map.of("COLUMNS", Integer.toString(size.getColumns()), "LINES", Integer.toString(size.getRows()))
                : Map.of();
    }

    /** Runs an action that can't be ended; Ctrl-C detaches at once. */
    public <T> T run(Action<T> action) throws InterruptedException, DetachedException {
        return run(Optional.empty(), action);
    }

    /** Runs an action that ends soon after a request; a second Ctrl-C detaches. */
    public <T> T runUntilRequested(Runnable requestEnd, Action<T> action)
            throws InterruptedException, DetachedException {
        return run(new Running(Thread.currentThread(), started -> requestEnd.run()), action);
    }

    /**
     * Runs a command.
     *
     * @param channel carries input and Ctrl-C to the command; closed at the end
     * @throws DetachedException if the user did not wait for its end
     */
    public <T> T run(Optional<ControlChannel> channel, Action<T> action)
            throws InterruptedException, DetachedException {
        if (channel.isEmpty()) {
            return run(new Running(Thread.currentThread(), null), action);
        }
        ControlChannel open = channel.get();
        Keyboard keyboard = Keyboard.connect(open, terminal, screen, background);
        Running command = new Running(Thread.currentThread(), started -> interrupt(open, started));
        try {
            return run(command, action);
        } finally {
            keep(typedAhead, keyboard.disconnect());
            if (!open.servesAgain()) {
                background.execute(() -> ignoringFailure(open::close));
            }
        }
    }

    private <T> T run(Running started, Action<T> action) throws InterruptedException, DetachedException {
        Running outer = running;
        dropsTypedAhead = false;
        running = started;
        try {
            return action.run();
        } catch (InterruptedException | ShellException e) {
            // The SDK has an exception of its own for an interrupt.
            if (started.isDetached()) {
                throw new DetachedException("not waited for");
            }
            throw e;
        } finally {
            running = outer;
            started.end();
        }
    }

    private void interrupt() {
        Running interrupted = running;
        if (interrupted != null) {
            dropsTypedAhead = true;
            screen.interrupted();
            interrupted.interrupt();
        }
    }

    private void interrupt(ControlChannel channel, Running command) {
        channel.spend();
        background.execute(() -> ignoringFailure(channel::interrupt));
        background.schedule(command::detach, REACTION_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes back what was sent to a command that did not read it. */
    public void giveBack(byte[] unread) {
        keep(new String(unread, terminal.encoding()), typedAhead);
    }

    private void keep(String earlier, String later) {
        typedAhead = dropsTypedAhead ? "" : earlier + later;
    }

    /** Returns what was typed and not read by a command, for the next prompt; once. */
    public String takeTypedAhead() {
        String taken = typedAhead;
        typedAhead = "";
        return taken;
    }

    /** A signal that was not sent has a visible effect, the detach; an object that was not deleted expires. */
    private static void ignoringFailure(Runnable sending) {
        try {
            sending.run();
        } catch (ShellException e) {
            LOG.debug("{}", e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        background.shutdown();
        try {
            background.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "lshell-control");
        thread.setDaemon(true);
        return thread;
    }

    /** An action that runs, and the thread that waits for its end. */
    private static final class Running {
        private final Consumer<Running> requestEnd;
        private Thread thread;
        private boolean requested;
        private boolean detached;

        /** @param requestEnd ends the action soon; null if that is not possible */
        Running(Thread thread, Consumer<Running> requestEnd) {
            this.thread = thread;
            this.requestEnd = requestEnd;
        }

        /** Requests the end; the second time, or if that is not possible, detaches. */
        void interrupt() {
            boolean first;
            synchronized (this) {
                first = !requested;
                requested = true;
            }
            if (first && requestEnd != null) {
                requestEnd.accept(this);
            } else {
                detach();
            }
        }

        synchronized void detach() {
            if (thread != null) {
                detached = true;
                thread.interrupt();
            }
        }

        synchronized boolean isDetached() {
            return detached;
        }

        /** From here on nothing interrupts the thread; an interrupt that came too late is cleared. */
        synchronized void end() {
            thread = null;
            if (detached) {
                Thread.interrupted();
            }
        }
    }
}
