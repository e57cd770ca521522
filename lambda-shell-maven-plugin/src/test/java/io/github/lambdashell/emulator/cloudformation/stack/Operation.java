package io.github.lambdashell.emulator.cloudformation.stack;

import java.io.IOException;

/** An operation on one stack, from a status {@code ..._IN_PROGRESS} to a final one. */
interface Operation {
    /**
     * Runs the operation.
     *
     * @throws IOException if the state can't be read or written
     */
    void run() throws IOException;
}
