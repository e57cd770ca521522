package io.github.lambdashell.function.shell;

import io.github.lambdashell.function.process.OutputSink;
import io.github.lambdashell.function.process.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A check whether a text is a complete command: the shell parses it and runs nothing. */
public final class SyntaxCheck implements OutputSink {
    /** The shell's messages for a text that ends too early. */
    private static final String[] UNFINISHED = {
        // bash
        "unexpected EOF while looking for",
        "unexpected end of file",
        // dash
        "end of file unexpected",
        "Unterminated quoted string",
        "EOF in backquote substitution",
        "Missing '}'",
        "Missing '))'",
        // busybox
        "unterminated quoted string",
    };

    /** A here-document without an end is only warned of. */
    private static final String OPEN_DOCUMENT = "delimited by end-of-file";

    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private final String text;
    private int exitCode;

    private SyntaxCheck(String text) {
        this.text = text;
    }

    /**
     * Parses a command as a shell with its state and environment would.
     *
     * @param deadline as for {@link RunningCommand#await}
     * @throws IOException when the shell can't be started
     */
    public static SyntaxCheck of(Command command, CommandRunner runner, String traceId, long deadline)
            throws IOException, InterruptedException {
        SyntaxCheck check = new SyntaxCheck(command.text);
        RunningCommand shell = runner.parse(command, traceId, check);
        shell.await(deadline, Signal.TERM.graceMillis);
        check.exitCode = shell.exitCode();
        return check;
    }

    @Override
    public synchronized void output(int channel, byte[] bytes, int length) {
        words.write(bytes, 0, length);
    }

    @Override
    public void idle() {}

    /** Returns the shell's error message; empty for none. */
    public synchronized String message() {
        return words.toString(StandardCharsets.UTF_8).trim();
    }

    /** Returns {@code complete}, {@code incomplete} or {@code invalid}. */
    public String verdict() {
        String message = message();
        if (exitCode != 0) {
            return isUnfinished(message) ? "incomplete" : "invalid";
        }
        return message.contains(OPEN_DOCUMENT) || endsEscaped(text) ? "incomplete" : "complete";
    }

    private static boolean isUnfinished(String message) {
        for (String words : UNFINISHED) {
            if (message.contains(words)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the last character is a backslash that would escape the line break after it. */
    private static boolean endsEscaped(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\\') {
            end--;
        }
        return (text.length() - end) % 2 == 1;
    }
}
