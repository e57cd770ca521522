package io.github.lambdashell.function;

import io.github.lambdashell.function.shell.RunningCommand;
import java.io.Closeable;
import java.io.IOException;

/**
 * Does to the running command what the client's messages ask for. It looks for the first one a pause after the start,
 * as most commands have ended by then, and for one that follows at once.
 */
final class ControlChannel implements Closeable {
    private static final long PAUSE_MILLIS = 200;

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

    /** In one with the count: what is counted as not received the client takes back, and what is not read as well. */
    private synchronized void feed(ControlMessage message, RunningCommand command) {
        if (message.feed(command)) {
            received++;
        }
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

    private synchronized boolean pause() throws InterruptedException {
        do {
            wait(PAUSE_MILLIS);
        } while (!closed && !isRead());
        return !closed;
    }

    private synchronized boolean isRead() {
        return current == null || current.unread() < MOST_UNREAD;
    }

    private void act(ControlMessage message) throws IOException, InterruptedException {
        RunningCommand command = commandAfter(null);
        if (command != null) {
            feed(message, command);
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
