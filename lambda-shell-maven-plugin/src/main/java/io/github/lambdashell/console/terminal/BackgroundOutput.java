package io.github.lambdashell.console.terminal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Lines that do not belong to a command, such as Maven's log. They appear above the prompt, not over it.
 *
 * <p>A thread of its own shows them: the thread that writes a line can hold a lock for which the prompt waits.
 */
public final class BackgroundOutput implements AutoCloseable {
    private static final long CLOSE_LIMIT_MILLIS = 1000;

    private final Screen screen;
    private final LineInput input;
    private final PrintStream systemOut = System.out;
    private final PrintStream systemErr = System.err;
    private final ExecutorService showing = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "lshell-output");
        thread.setDaemon(true);
        return thread;
    });

    private BackgroundOutput(Screen screen, LineInput input) {
        this.screen = screen;
        this.input = input;
    }

    /** Replaces {@code System.out} and {@code System.err}, if they lead to the terminal, until this is closed. */
    public static BackgroundOutput capture(Screen screen, LineInput input) {
        BackgroundOutput output = new BackgroundOutput(screen, input);
        if (screen.showsStdout()) {
            System.setOut(new PrintStream(output.new Lines(), false, Charset.defaultCharset()));
        }
        if (screen.showsStderr()) {
            System.setErr(new PrintStream(output.new Lines(), false, Charset.defaultCharset()));
        }
        return output;
    }

    /** Shows a line soon. */
    public void print(String line) {
        try {
            showing.execute(() -> show(line));
        } catch (RejectedExecutionException e) {
            // The session has ended.
            systemOut.println(line);
        }
    }

    private void show(String line) {
        if (!input.isReading()) {
            screen.freshLine();
        }
        input.printAbove(screen.withoutUnwantedColours(line));
    }

    /** Waits until all lines so far are shown. */
    public void flush() throws InterruptedException {
        try {
            showing.submit(() -> {}).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        System.out.flush();
        System.setOut(systemOut);
        System.setErr(systemErr);
        showing.shutdown();
        try {
            showing.awaitTermination(CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects bytes until the end of a line. */
    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                print(line.toString(Charset.defaultCharset()));
                line.reset();
            } else {
                line.write(b);
            }
        }
    }
}
