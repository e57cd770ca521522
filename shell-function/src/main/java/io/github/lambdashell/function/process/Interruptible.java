package io.github.lambdashell.function.process;

import java.io.IOException;

/** A step that runs and that messages of the control channel reach. */
public interface Interruptible {
    /**
     * Ends everything that it started. Returns when it is done.
     *
     * @return whether there was anything to end
     */
    boolean interrupt(Signal signal) throws IOException, InterruptedException;

    /**
     * Writes to its standard input. Does not wait until that is read.
     *
     * @return false if it has ended or reads none
     */
    boolean feed(byte[] bytes);

    /** Returns whether it runs and has read its standard input except for so many bytes. */
    boolean hasRead(long except);

    /** Closes its standard input. */
    void endInput();
}
