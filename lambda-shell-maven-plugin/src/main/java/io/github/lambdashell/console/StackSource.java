package io.github.lambdashell.console;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.stack.StackProgress;

/** Where the stack of a session comes from. */
@FunctionalInterface
public interface StackSource {
    /**
     * Finds the stack or makes one.
     *
     * @param progress hears what happens to it
     * @throws ShellException when there can be none
     */
    StackLease take(StackProgress progress) throws InterruptedException;
}
