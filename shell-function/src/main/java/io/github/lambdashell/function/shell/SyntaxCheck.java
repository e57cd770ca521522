package io.github.lambdashell.function.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Says whether a text is a command, or the beginning of one: the shell parses it, and runs nothing. */
public final class SyntaxCheck {
    /** The shell's words for a text that ends too early. */
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

    /** {@code complete}, {@code incomplete} or {@code invalid}. */
    public final String verdict;

    /** What the shell said, empty for nothing. */
    public final String message;

    private SyntaxCheck(String verdict, String message) {
        this.verdict = verdict;
        this.message = message;
    }

    /**
     * Parses a command as a shell with its state and environment would.
     *
     * @param deadline as for {@link RunningCommand#await}
     * @throws IOException when the shell can't be started
     */
    public static SyntaxCheck of(Command command, CommandRunner runner, String traceId, long deadline)
            throws IOException, InterruptedException {
        Words words = new Words();
        Outcome outcome = runner.start(command.parseOnly(), traceId, words).await(deadline, Signal.TERM.graceMillis);
        String message = words.text();
        return new SyntaxCheck(verdict(command.text, outcome.exitCode, message), message);
    }

    private static String verdict(String text, int exitCode, String message) {
        if (exitCode != 0) {
            return Stream.of(UNFINISHED).anyMatch(message::contains) ? "incomplete" : "invalid";
        }
        return message.contains(OPEN_DOCUMENT) || endsEscaped(text) ? "incomplete" : "complete";
    }

    /** Whether the last character is a backslash that would escape the line break after it. */
    private static boolean endsEscaped(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\\') {
            end--;
        }
        return (text.length() - end) % 2 == 1;
    }

    private static final class Words implements OutputSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void output(int channel, byte[] words, int length) {
            bytes.write(words, 0, length);
        }

        @Override
        public void idle() {}

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8).trim();
        }
    }
}
