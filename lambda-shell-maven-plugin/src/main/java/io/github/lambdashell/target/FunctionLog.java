package io.github.lambdashell.target;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The log of a stack's function, read from its beginning on. For use by one thread. */
public interface FunctionLog extends AutoCloseable {
    /**
     * A line, or an event of several lines.
     *
     * @param stream name of the log of one execution environment, not null
     * @param time time at which it was written; empty if the target does not record it
     * @param text not null, without the line break at its end
     */
    record Entry(String stream, Optional<Instant> time, String text) {}

    /** Returns the stack. */
    DeployedStack stack();

    /**
     * Reads what was written since the last call.
     *
     * @param isLast whether this is the last call, so that incomplete lines are read too
     * @param entries receives what was read, not null
     * @return whether the log exists; false once the stack is removed
     * @throws io.github.lambdashell.config.ShellException if the log can't be read
     */
    boolean next(boolean isLast, Consumer<Entry> entries);

    /** Returns the time to wait before the next call of somebody who follows the log. */
    Duration pause();

    @Override
    void close();
}
