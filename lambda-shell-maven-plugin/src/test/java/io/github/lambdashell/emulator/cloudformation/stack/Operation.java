package io.github.lambdashell.emulator.cloudformation.stack;

import java.io.IOException;

/** Work on one stack, from its beginning in a status {@code ..._IN_PROGRESS} to another one. */
interface Operation {
    /** @throws IOException when the state can't be read or written */
    void run() throws IOException;
}
