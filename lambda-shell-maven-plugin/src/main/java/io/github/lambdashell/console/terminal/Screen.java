package io.github.lambdashell.console.terminal;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.FrameListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jline.terminal.Terminal;
import org.jline.terminal.spi.SystemStream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * What the person sees: the commands' output, each byte of it, and the console's own lines apart from it. A terminal
 * that is slow to read slows whoever writes here.
 */
public final class Screen implements FrameListener {
    private static final Set<String> DUMB_TYPES = Set.of(Terminal.TYPE_DUMB, Terminal.TYPE_DUMB_COLOR);
    /** What a terminal shows in no time; a command's last words are shorter. */
    private static final int MAX_BYTES_AFTER_CTRL_C = 64 * 1024;

    private static final byte[] RED = "\033[31m".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] PLAIN = "\033[39m".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Terminal terminal;
    private final boolean colours;
    private final OutputStream out;
    private final OutputStream err;
    private final boolean errColoured;
    private boolean red;
    private volatile boolean atLineStart = true;
    private volatile boolean interrupted;
    private int bytesAfterCtrlC;

    /**
     * @param colours whether the person wants them; a terminal without them gets none
     */
    public Screen(Terminal terminal, boolean colours) {
        this.terminal = terminal;
        this.colours = colours && !DUMB_TYPES.contains(terminal.getType());
        boolean outShown = Terminals.leadsToTerminal(terminal, SystemStream.Output);
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

    /** A command was read, so its output begins on a line of its own. */
    public void beginOutput() {
        atLineStart = true;
        interrupted = false;
        bytesAfterCtrlC = 0;
    }

    /**
     * A Ctrl-C came: the terminal shows it where the cursor stands, and the person has seen enough of what is still on
     * its way. Never waits, for a slow terminal may be the cause.
     */
    void interrupted() {
        atLineStart = false;
        interrupted = true;
    }

    /** Ends what a command may have left open: the colour of its errors, and after a Ctrl-C the line. */
    public synchronized void endOutput() {
        boolean dropped = bytesAfterCtrlC > MAX_BYTES_AFTER_CTRL_C;
        bytesAfterCtrlC = 0;
        write(out, new byte[0], 0, 0, false);
        if (interrupted) {
            freshLine();
        }
        if (dropped) {
            note("what else was on its way is not shown");
        }
    }

    private void freshLine() {
        if (!atLineStart) {
            terminal.writer().println();
            terminal.flush();
            atLineStart = true;
        }
    }

    /** The colour changes only where the stream does, for a character may come in two pieces. */
    private void write(OutputStream stream, byte[] bytes, int offset, int length, boolean toRed) {
        if (interrupted) {
            bytesAfterCtrlC += length;
            if (bytesAfterCtrlC > MAX_BYTES_AFTER_CTRL_C) {
                return;
            }
        }
        try {
            if (red != toRed) {
                terminal.output().write(toRed ? RED : PLAIN);
                terminal.output().flush();
                red = toRed;
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

    /** A line of the console's own. */
    public synchronized void print(String line) {
        freshLine();
        terminal.writer().println(line);
        terminal.flush();
    }

    /** A remark on what happened, set apart from output. */
    public void note(String remark) {
        print(styled("[" + remark + "]", AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW)));
    }

    /** A failure: what is wrong and what to do. */
    public void failure(ShellException failure) {
        print(styled(failure.getMessage(), AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)));
    }

    /** Text in a style, or plain where colours are not wanted. */
    public String styled(String text, AttributedStyle style) {
        return colours ? new AttributedString(text, style).toAnsi(terminal) : text;
    }

    /** Text that is drawn again in its place; on a terminal without a cursor to move, one below the other. */
    public LiveText liveText() {
        return new LiveText(terminal, !DUMB_TYPES.contains(terminal.getType()));
    }
}
