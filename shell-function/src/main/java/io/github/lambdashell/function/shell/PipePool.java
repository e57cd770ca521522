package io.github.lambdashell.function.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Pipes that no command holds, ready for the next one: making them costs as much as a command does. */
final class PipePool {
    /** One for the next command; a second, in case processes that outlive their shell keep the first. */
    private static final int SPARE = 2;

    private final Deque<OutputPipes> spare = new ArrayDeque<>();

    OutputPipes take() throws IOException {
        synchronized (this) {
            if (!spare.isEmpty()) {
                return spare.pop();
            }
        }
        return OutputPipes.open();
    }

    /** Takes back pipes that nobody else holds. */
    void give(OutputPipes pipes) {
        synchronized (this) {
            if (spare.size() < SPARE) {
                spare.push(pipes);
                return;
            }
        }
        try {
            pipes.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't close a pipe", e);
        }
    }
}
