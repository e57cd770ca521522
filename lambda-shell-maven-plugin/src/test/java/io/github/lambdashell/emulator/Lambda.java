package io.github.lambdashell.emulator;

import java.io.Closeable;

/** Lambda of the emulator; ends what it runs when it is closed. */
interface Lambda extends Service, Closeable {
    /** Ends the idle sandboxes of a function that has been deleted. */
    void forget(String functionName);
}
