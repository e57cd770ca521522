package io.github.lambdashell.console.transfer;

import io.github.lambdashell.console.terminal.Foreground.DetachedException;

/** Hears how much of a transfer is done, between two of its chunks. */
@FunctionalInterface
interface Progress {
    /**
     * Hears of a chunk.
     *
     * @param bytes that have been moved since the last time
     * @throws DetachedException when it is not to go on
     */
    void moved(long bytes) throws DetachedException;
}
