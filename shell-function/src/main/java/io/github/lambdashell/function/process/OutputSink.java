package io.github.lambdashell.function.process;

import java.io.IOException;

/** Takes what a command writes. Safe for use by several threads. */
public interface OutputSink {
    int STDOUT = 1;
    int STDERR = 2;

    /**
     * Takes bytes and passes them on at once. Blocks as long as the receiver does.
     *
     * @param channel {@link #STDOUT} or {@link #STDERR}
     * @param bytes of which the first {@code length} count; not kept
     */
    void output(int channel, byte[] bytes, int length) throws IOException;

    /** Called from time to time while there is no output; never blocks for long. */
    void idle() throws IOException;
}
