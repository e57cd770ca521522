package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;

/** A command to the console itself, typed with a colon in front. */
public interface ColonCommand {
    /** Its name without the colon. */
    String name();

    /** What follows the name, as the help shows it; empty for nothing. */
    String arguments();

    /** What it does, in a few words. */
    String summary();

    /** Whether its first argument is a file on this machine. */
    default boolean takesLocalFile() {
        return false;
    }

    /**
     * Does it.
     *
     * @param arguments what follows the name, without the blanks around it
     * @throws ShellException when it can't be done
     * @throws DetachedException when the person did not wait for its end
     */
    void run(String arguments) throws InterruptedException, DetachedException;
}
