package io.github.lambdashell.console.terminal;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lines that do not belong to a command. They appear above the prompt, not over it.
 *
 * <p>A thread of its own shows them, because the thread that prints a line can hold a lock for which the prompt waits.
 */
public final class BackgroundOutput implements AutoCloseable {
    private final Screen screen;
    private final LineInput input;

    /** Discards lines after the end of the session. */
    private final ThreadPoolExecutor showing = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            BackgroundOutput::daemon,
            new ThreadPoolExecutor.DiscardPolicy());

    public BackgroundOutput(Screen screen, LineInput input) {
        this.screen = screen;
        this.input = input;
    }

    /** Shows a line soon. */
    public void print(String line) {
        showing.execute(() -> screen.printAbove(line, input));
    }

    @Override
    public void close() {
        showing.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "lshell-output");
        thread.setDaemon(true);
        return thread;
    }
}
