package io.github.lambdashell.emulator;

import java.io.Closeable;

/** Lambda of the emulator; closing it stops its functions. */
interface Lambda extends Service, Closeable {
    /** Stops the idle sandboxes of a deleted function. */
    void forget(String functionName);
}
