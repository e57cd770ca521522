package io.github.lambdashell.run;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.FrameListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The user's standard streams. Output is written byte for byte to this process's streams, because Maven replaces
 * {@code System.out} with one that interprets escape sequences. Only the Maven daemon's own streams are not the user's: they
 * lead to its log, and its {@code System.out} to the user. All stay open: they belong to the process.
 */
public final class StandardStreams implements FrameListener {
    /** A system property that the Maven daemon sets in its process. */
    private static final String DAEMON_PROPERTY = "mvnd.home";

    private final OutputStream out = output();
    private final OutputStream err = isDaemon() ? System.err : new FileOutputStream(FileDescriptor.err);

    /** Returns the user's standard output. */
    public static OutputStream output() {
        return isDaemon() ? System.out : new FileOutputStream(FileDescriptor.out);
    }

    /** Writes a text to the user's standard output at once, also without a line's end. */
    static void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        new StandardStreams().stdout(bytes, 0, bytes.length);
    }

    /** Returns whether this process is the Maven daemon, in which a read from standard input never ends. */
    static boolean isDaemon() {
        return System.getProperty(DAEMON_PROPERTY) != null;
    }

    /**
     * Checks that standard input is the user's.
     *
     * @throws ShellException in the Maven daemon
     */
    static void requireInput() {
        if (isDaemon()) {
            throw new ShellException(
                    "This is the Maven daemon, which has no terminal and no standard input",
                    "Use mvn instead of mvnd for this goal");
        }
    }

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
        write(out, bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
        write(err, bytes, offset, length);
    }

    private static void write(OutputStream stream, byte[] bytes, int offset, int length) {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the command's output: " + e.getMessage(), e);
        }
    }
}
