package io.github.lambdashell.console.terminal;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.session.ControlChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the terminal to one command at a time: Ctrl-C and what is typed go to it. Where Ctrl-C does not end it, the
 * console lets go of it.
 */
public final class Foreground implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);
    /** The function looks every 200 ms and ends the command at once; later than this, it does not hear us. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** For the last objects of a session to be removed; what is left then expires in the bucket. */
    private static final Duration CLEAN_UP = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final Screen screen;
    /** Sends what must not hold up the terminal's signal thread or the prompt. */
    private final ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1, Foreground::daemon);

    private String typedAhead = "";
    /** As in every terminal, Ctrl-C is also for what was typed before it and not read. */
    private volatile boolean dropsTypedAhead;

    public Foreground(Terminal terminal, Screen screen) {
        this.terminal = terminal;
        this.screen = screen;
        background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** What runs in the foreground; blocks until it has ended, or is interrupted. */
    public interface Action<T> {
        T run() throws InterruptedException, DetachedException;
    }

    /** The person does not wait for the end any more. */
    public static final class DetachedException extends Exception {
        /**
         * @param message what becomes of it, for the person
         */
        public DetachedException(String message) {
            super(message, null, false, false);
        }
    }

    /** Runs what has no way to it but waiting; Ctrl-C detaches at once. */
    public <T> T run(Action<T> action) throws InterruptedException, DetachedException {
        return run(Optional.empty(), action);
    }

    /** Runs what ends by itself soon after it was asked to; a second Ctrl-C detaches. */
    public <T> T runUntilAsked(Runnable ask, Action<T> action) throws InterruptedException, DetachedException {
        return run(waiting -> onCtrlC(waiting, ask), action);
    }

    /**
     * Runs a command.
     *
     * @param channel the way to it; closed at the end
     * @throws DetachedException when the person let go of it
     */
    public <T> T run(Optional<ControlChannel> channel, Action<T> action)
            throws InterruptedException, DetachedException {
        Optional<Keyboard> keyboard = channel.map(open -> Keyboard.turnTo(open, terminal, screen));
        try {
            return run(waiting -> onCtrlC(waiting, channel), action);
        } finally {
            keyboard.ifPresent(turned -> keep(typedAhead, turned.turnAway()));
            channel.ifPresent(open -> background.execute(() -> quietly(open::close)));
        }
    }

    private <T> T run(Consumer<Waiting> onCtrlC, Action<T> action) throws InterruptedException, DetachedException {
        Waiting waiting = new Waiting(Thread.currentThread());
        dropsTypedAhead = false;
        SignalHandler previous = terminal.handle(Signal.INT, signal -> {
            dropsTypedAhead = true;
            screen.interrupted();
            onCtrlC.accept(waiting);
        });
        try {
            return action.run();
        } catch (InterruptedException | ShellException e) {
            // The SDK says with an exception of its own that it was interrupted.
            if (waiting.isDetached()) {
                throw new DetachedException("not waited for");
            }
            throw e;
        } finally {
            waiting.end();
            terminal.handle(Signal.INT, previous);
        }
    }

    /** Takes back what was sent to a command that did not read it. */
    public void giveBack(byte[] unread) {
        keep(new String(unread, terminal.encoding()), typedAhead);
    }

    private void keep(String earlier, String later) {
        typedAhead = dropsTypedAhead ? "" : earlier + later;
    }

    /** What was typed and no command has read, for the next prompt; once. */
    public String takeTypedAhead() {
        String taken = typedAhead;
        typedAhead = "";
        return taken;
    }

    private void onCtrlC(Waiting waiting, Optional<ControlChannel> channel) {
        if (channel.isEmpty()) {
            waiting.detach();
            return;
        }
        channel.get().spend();
        onCtrlC(waiting, () -> {
            background.execute(() -> quietly(channel.get()::interrupt));
            background.schedule(waiting::detach, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    private static void onCtrlC(Waiting waiting, Runnable ask) {
        if (waiting.isAskedAgain()) {
            waiting.detach();
        } else {
            ask.run();
        }
    }

    /** A signal that can't be sent shows in the end: the console detaches. An object that stays expires. */
    private static void quietly(Runnable sending) {
        try {
            sending.run();
        } catch (ShellException e) {
            LOG.debug("not done: {}", e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        background.shutdown();
        try {
            background.awaitTermination(CLEAN_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "lshell-control");
        thread.setDaemon(true);
        return thread;
    }

    /** The thread that waits for the end, as long as it waits. */
    private static final class Waiting {
        private Thread thread;
        private boolean asked;
        private boolean detached;

        Waiting(Thread thread) {
            this.thread = thread;
        }

        synchronized boolean isAskedAgain() {
            boolean again = asked;
            asked = true;
            return again;
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

        /** From here on nobody interrupts, and an interrupt that came too late is not for the prompt. */
        synchronized void end() {
            thread = null;
            if (detached) {
                Thread.interrupted();
            }
        }
    }
}
