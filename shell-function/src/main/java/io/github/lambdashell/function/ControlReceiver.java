package io.github.lambdashell.function;

import io.github.lambdashell.function.process.Interruptible;
import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.util.concurrent.TimeUnit;

/**
 * Acts on the client's messages to the running command. It fetches the first one a pause after the start, as most commands
 * have ended by then, and the next one at once.
 */
final class ControlReceiver implements Runnable, Closeable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A wait of 0 would never end. */
    private static final long SHORTEST_MILLIS = 10;

    /** While a command has not read so many bytes, no more messages are fetched. */
    private static final long MAX_UNREAD = 4_000_000;

    private URL next;
    private Interruptible current;
    private int received;
    private boolean missed;
    private boolean closed;

    /** @param first the URL of the first message; null without messages */
    ControlReceiver(URL first) {
        next = first;
    }

    /** Starts to look for messages. */
    void open() {
        if (next == null) {
            return;
        }
        Thread thread = new Thread(this, "lshell-control");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sets the command that messages are for from now on. */
    synchronized void attach(Interruptible command) {
        current = command;
        notifyAll();
    }

    /** Returns how many messages reached a command. */
    synchronized int received() {
        return received;
    }

    /** Feeds and counts at once. After a message that was not received the client takes back all later ones. */
    private synchronized void feed(ControlMessage message, Interruptible command) {
        missed = missed || !message.feed(command);
        if (!missed) {
            received++;
        }
    }

    /** Messages that come from now on are not acted on. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Looks for messages until there is nothing more to look for. */
    @Override
    public void run() {
        try {
            while (next != null && pause()) {
                ControlMessage message = ControlMessage.fetch(next);
                while (message != null) {
                    next = message.next;
                    act(message);
                    message = next != null && isRead() ? ControlMessage.fetch(next) : null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("no signal was sent: " + e.getMessage());
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
        return current == null || current.hasRead(MAX_UNREAD);
    }

    private void act(ControlMessage message) throws IOException, InterruptedException {
        Interruptible command = commandAfter(null);
        if (command != null) {
            feed(message, command);
        }
        // A command that was just over leaves the signal to the step that follows it.
        while (message.signal != null && command != null && !command.interrupt(message.signal)) {
            command = commandAfter(command);
        }
    }

    /** The command that runs; waits while there is none or only that one. Null when no more will run. */
    private synchronized Interruptible commandAfter(Interruptible previous) throws InterruptedException {
        while (!closed && current == previous) {
            wait();
        }
        return closed ? null : current;
    }
}
