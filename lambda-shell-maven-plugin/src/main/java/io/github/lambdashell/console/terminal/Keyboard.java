package io.github.lambdashell.console.terminal;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.session.ControlChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingInputStream;

/**
 * Takes what is typed while a command runs to that command. The terminal edits and echoes the line, and hands it over
 * at Enter.
 *
 * <p>What is typed in a command's first moments is more likely meant for the prompt after it: nobody answers a question
 * that fast. So it is held back, and given to the prompt if the command ends before.
 */
final class Keyboard {
    private static final long HOLD_NANOS = Duration.ofMillis(250).toNanos();
    private static final long FOREVER_MILLIS = Duration.ofDays(1).toMillis();
    private static final int MAX_PIECE_BYTES = 64 * 1024;
    private static final char CTRL_D = 4;

    private final NonBlockingInputStream input;
    private final Charset encoding;
    private final Screen screen;
    private final ControlChannel channel;
    private final long forwardFrom = System.nanoTime() + HOLD_NANOS;
    private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
    private final Thread thread;
    private boolean ended;
    private volatile boolean stopped;

    private Keyboard(Terminal terminal, Screen screen, ControlChannel channel) {
        this.input = (NonBlockingInputStream) terminal.input();
        this.encoding = terminal.encoding();
        this.screen = screen;
        this.channel = channel;
        this.thread = new Thread(this::listen, "lshell-keyboard");
        this.thread.setDaemon(true);
    }

    /** Turns the keyboard to a command. */
    static Keyboard turnTo(ControlChannel channel, Terminal terminal, Screen screen) {
        Keyboard keyboard = new Keyboard(terminal, screen, channel);
        keyboard.thread.start();
        return keyboard;
    }

    /**
     * Turns the keyboard away from the command, which has ended.
     *
     * @return what was typed and not sent, for the prompt
     */
    String turnAway() {
        stopped = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // The next prompt must not share the keyboard with this thread; it ends at once.
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
                    // Enter, too, is what the key sends where the terminal did not edit the line yet.
                    typed.write(b == '\r' ? '\n' : b);
                }
                boolean whole = b < 0 || ended || typed.size() >= MAX_PIECE_BYTES;
                if (whole && System.nanoTime() - forwardFrom >= 0) {
                    forward();
                }
            }
        } catch (InterruptedIOException e) {
            // The command has ended.
        } catch (IOException e) {
            throw new UncheckedIOException("can't read from the terminal", e);
        } catch (ShellException e) {
            if (stopped) {
                // Broken off, for the command has ended.
                return;
            }
            screen.note("what you type does not reach the command: " + e.problem());
        }
    }

    /** While something is held back, until its time has come; then as long as a line's bytes come without a pause. */
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
