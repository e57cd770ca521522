package io.github.lambdashell.console.terminal;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.session.ControlChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingInputStream;

/**
 * Sends what is typed while a command runs to that command. The terminal edits and echoes a line, and passes it on at
 * Enter.
 *
 * <p>What is typed right after a command's start is probably meant for the next prompt, because nobody answers a question
 * that fast. It is held back, and goes to the prompt if the command ends before. Most commands end before this reads at
 * all; the terminal then keeps the input for the prompt.
 */
final class Keyboard {
    private static final long READ_AFTER_MILLIS = 50;
    private static final long HOLD_BACK_NANOS = Duration.ofMillis(250).toNanos();
    private static final long FOREVER_MILLIS = Duration.ofDays(1).toMillis();
    private static final int MAX_PIECE_BYTES = 64 * 1024;
    private static final char CTRL_D = 4;

    private final NonBlockingInputStream input;
    private final Charset encoding;
    private final Screen screen;
    private final ControlChannel channel;
    private final long forwardFrom = System.nanoTime() + HOLD_BACK_NANOS;
    private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
    private final Future<?> start;
    private Thread thread;
    private boolean ended;
    private volatile boolean stopped;

    private Keyboard(Terminal terminal, Screen screen, ControlChannel channel, ScheduledExecutorService timer) {
        this.input = (NonBlockingInputStream) terminal.input();
        this.encoding = terminal.encoding();
        this.screen = screen;
        this.channel = channel;
        this.start = timer.schedule(this::start, READ_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sends input to a command from now on. */
    static Keyboard connect(ControlChannel channel, Terminal terminal, Screen screen, ScheduledExecutorService timer) {
        return new Keyboard(terminal, screen, channel, timer);
    }

    private synchronized void start() {
        if (!stopped) {
            thread = new Thread(this::listen, "lshell-keyboard");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Ends the input of a command, which has ended.
     *
     * @return what was typed and not sent
     */
    String disconnect() {
        start.cancel(false);
        synchronized (this) {
            stopped = true;
            if (thread == null) {
                return "";
            }
        }
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // The next prompt must not share the keyboard with this thread, which ends at once.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return typed.toString(encoding) + (ended ? Character.toString(CTRL_D) : "");
    }

    private void listen() {
        try {
            while (!stopped) {
                int b = input.read(timeoutMillis());
                if (b == NonBlockingInputStream.EOF || b == CTRL_D) {
                    ended = true;
                } else if (b >= 0) {
                    // In raw mode, which can still be on, Enter is a carriage return.
                    typed.write(b == '\r' ? '\n' : b);
                }
                boolean complete = b < 0 || ended || typed.size() >= MAX_PIECE_BYTES;
                if (complete && System.nanoTime() - forwardFrom >= 0) {
                    forward();
                }
            }
        } catch (InterruptedIOException e) {
            // The command has ended.
        } catch (IOException e) {
            throw new UncheckedIOException("can't read from the terminal", e);
        } catch (ShellException e) {
            if (stopped) {
                // The command ended while this was sent.
                return;
            }
            screen.note("your input does not reach the command: " + e.problem());
        }
    }

    /** Waits for the time to forward what is held back; after that for a pause, which ends a line. */
    private long timeoutMillis() {
        if (typed.size() == 0 && !ended) {
            return FOREVER_MILLIS;
        }
        return Math.max(1, (forwardFrom - System.nanoTime()) / 1_000_000 + 1);
    }

    private void forward() {
        if (typed.size() > 0) {
            byte[] piece = typed.toByteArray();
            typed.reset();
            channel.stdin(piece);
        }
        if (ended) {
            ended = false;
            channel.closeStdin();
        }
    }
}
