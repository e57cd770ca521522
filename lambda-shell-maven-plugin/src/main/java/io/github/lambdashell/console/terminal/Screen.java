package io.github.lambdashell.console.terminal;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.FrameListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jline.terminal.Terminal;
import org.jline.terminal.spi.SystemStream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * The terminal's output: the commands' output, byte for byte, and the prompt's own lines. A slow terminal slows the
 * threads that write.
 */
public final class Screen implements FrameListener {
    private static final Set<String> DUMB_TYPES = Set.of(Terminal.TYPE_DUMB, Terminal.TYPE_DUMB_COLOR);
    /** A terminal shows this at once, and it is more than the last output of most commands. */
    private static final int MAX_BYTES_AFTER_CTRL_C = 64 * 1024;

    /** Not red, because many programs also write to standard error when they succeed. */
    private static final byte[] YELLOW = "\033[33m".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PLAIN = "\033[39m".getBytes(StandardCharsets.US_ASCII);

    private static final String ERASE_TO_END = "\033[K";

    private final Terminal terminal;
    private final boolean colours;
    private final OutputStream out;
    private final OutputStream err;
    private final boolean outShown;
    private final boolean errColoured;
    private boolean errColour;
    private boolean waiting;
    private boolean spinning;
    private volatile boolean atLineStart = true;
    private volatile boolean interrupted;
    private int bytesAfterCtrlC;

    /**
     * @param colours whether colours are wanted; a terminal without colours gets none
     */
    public Screen(Terminal terminal, boolean colours) {
        this.terminal = terminal;
        this.colours = colours && !DUMB_TYPES.contains(terminal.getType());
        this.outShown = Terminals.leadsToTerminal(terminal, SystemStream.Output);
        boolean errShown = Terminals.leadsToTerminal(terminal, SystemStream.Error);
        this.out = outShown ? terminal.output() : new FileOutputStream(FileDescriptor.out);
        this.err = errShown ? terminal.output() : new FileOutputStream(FileDescriptor.err);
        this.errColoured = this.colours && errShown;
    }

    @Override
    public synchronized void stdout(byte[] bytes, int offset, int length) {
        write(out, bytes, offset, length, false);
    }

    @Override
    public synchronized void stderr(byte[] bytes, int offset, int length) {
        write(err, bytes, offset, length, errColoured);
    }

    /** Begins the output of a command, on a new line. */
    public void beginOutput() {
        atLineStart = true;
        interrupted = false;
        bytesAfterCtrlC = 0;
    }

    /**
     * Drops most of the output that follows a Ctrl-C, which the terminal shows at the cursor. Never waits, because a slow
     * terminal can be the reason for the Ctrl-C.
     */
    void interrupted() {
        atLineStart = false;
        interrupted = true;
    }

    /** Resets the colour of standard error, and ends the line after a Ctrl-C. */
    public synchronized void endOutput() {
        boolean dropped = bytesAfterCtrlC > MAX_BYTES_AFTER_CTRL_C;
        bytesAfterCtrlC = 0;
        write(out, new byte[0], 0, 0, false);
        if (interrupted) {
            freshLine();
        }
        if (dropped) {
            note("further output was dropped");
        }
    }

    /** Moves the cursor to the beginning of a line. */
    synchronized void freshLine() {
        eraseSpinner();
        if (!atLineStart) {
            terminal.writer().println();
            terminal.flush();
            atLineStart = true;
        }
    }

    /** The colour changes only with the stream, because a character can come in two pieces. */
    private void write(OutputStream stream, byte[] bytes, int offset, int length, boolean toErrColour) {
        endSpinner();
        if (interrupted) {
            bytesAfterCtrlC += length;
            if (bytesAfterCtrlC > MAX_BYTES_AFTER_CTRL_C) {
                return;
            }
        }
        try {
            if (errColour != toErrColour) {
                terminal.output().write(toErrColour ? YELLOW : PLAIN);
                terminal.output().flush();
                errColour = toErrColour;
            }
            stream.write(bytes, offset, length);
            stream.flush();
            if (length > 0) {
                atLineStart = bytes[offset + length - 1] == '\n';
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the command's output: " + e.getMessage(), e);
        }
    }

    /** Allows a spinner at the cursor, which is at the beginning of a line, until there is other output. */
    synchronized void beginSpinner() {
        waiting = true;
    }

    /** Draws the spinner. A terminal without cursor movement shows it once, on a line of its own. */
    synchronized void spin(char sign, String text) {
        if (!waiting || interrupted) {
            return;
        }
        if (DUMB_TYPES.contains(terminal.getType())) {
            waiting = false;
            print(text);
            return;
        }
        terminal.writer().print("\r" + sign + " " + text + ERASE_TO_END);
        terminal.flush();
        spinning = true;
    }

    /** Erases the spinner, and allows no more. */
    synchronized void endSpinner() {
        waiting = false;
        eraseSpinner();
    }

    private void eraseSpinner() {
        if (spinning) {
            spinning = false;
            terminal.writer().print("\r" + ERASE_TO_END);
            terminal.flush();
        }
    }

    /** Prints a line that does not belong to a command: above the prompt, or at the cursor if none is shown. */
    synchronized void printAbove(String line, LineInput input) {
        if (!input.isReading()) {
            freshLine();
        }
        input.printAbove(line);
    }

    /** Prints a line of the prompt's own. */
    public synchronized void print(String line) {
        freshLine();
        terminal.writer().println(line);
        terminal.flush();
    }

    /** Prints a note on what happened. */
    public void note(String remark) {
        print(styled("[" + remark + "]", AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW)));
    }

    /** Prints a failure: what is wrong and what to do. */
    public void failure(ShellException failure) {
        print(styled(failure.getMessage(), AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)));
    }

    /** Returns whether the terminal shows standard output, rather than a file or a pipe receiving it. */
    public boolean isOutputShown() {
        return outShown;
    }

    /** Returns text in a style, or plain text if colours are not wanted. */
    public String styled(String text, AttributedStyle style) {
        return colours ? new AttributedString(text, style).toAnsi(terminal) : text;
    }

    /** Returns text that is redrawn in place; a terminal without cursor movement shows each state below the last. */
    public LiveText liveText() {
        return new LiveText(terminal, !DUMB_TYPES.contains(terminal.getType()));
    }
}
