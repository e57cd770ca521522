package io.github.lambdashell.function;

import io.github.lambdashell.function.shell.RunningCommand;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Does to the running command what the client's messages ask for. It looks for the first one a pause after the start,
 * as most commands have ended by then, and for one that follows at once.
 */
final class ControlChannel implements Closeable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A wait of 0 would be one without end. */
    private static final long SHORTEST_MILLIS = 10;

    /** Beyond so many bytes that a command has not read nothing more is fetched for it. */
    private static final long MOST_UNREAD = 4_000_000;

    private final Mailbox mailbox;
    private RunningCommand current;
    private int received;
    private boolean closed;

    /** @param mailbox null for a channel on which nothing comes */
    ControlChannel(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Starts to look for messages. */
    void open() {
        if (mailbox == null) {
            return;
        }
        Thread thread = new Thread(this::poll, "lshell-control");
        thread.setDaemon(true);
        thread.start();
    }

    /** Says which command messages are for from now on. */
    synchronized void attach(RunningCommand command) {
        current = command;
        notifyAll();
    }

    /** How many messages got to a command. */
    synchronized int received() {
        return received;
    }

    /** Messages that come from now on are not acted on. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void poll() {
        try {
            while (mailbox.isOpen() && pause()) {
                ControlMessage message = mailbox.fetch();
                while (message != null) {
                    act(message);
                    message = mailbox.isOpen() && isRead() ? mailbox.fetch() : null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("the shell function can't send a signal: " + e.getMessage());
        }
    }

    /** Waits until it is time for the next look; false when there is nothing more to look for. */
    private synchronized boolean pause() throws InterruptedException {
        long end = System.nanoTime() + PAUSE_NANOS;
        for (long left = PAUSE_NANOS; !closed && (left > 0 || !isRead()); left = end - System.nanoTime()) {
            // Also woken by attach().
            wait(Math.max(TimeUnit.NANOSECONDS.toMillis(left), SHORTEST_MILLIS));
        }
        return !closed;
    }

    private synchronized boolean isRead() {
        return current == null || current.unread() < MOST_UNREAD;
    }

    private void act(ControlMessage message) throws IOException, InterruptedException {
        RunningCommand command = commandAfter(null);
        if (command != null) {
            message.feed(command);
            synchronized (this) {
                received++;
            }
        }
        // A command that was just over leaves the signal to the step that follows it.
        while (message.signal != null && command != null && !command.interrupt(message.signal)) {
            command = commandAfter(command);
        }
    }

    /** The command that runs; waits while there is none or only that one. Null when no more will run. */
    private synchronized RunningCommand commandAfter(RunningCommand previous) throws InterruptedException {
        while (!closed && current == previous) {
            wait();
        }
        return closed ? null : current;
    }
}
