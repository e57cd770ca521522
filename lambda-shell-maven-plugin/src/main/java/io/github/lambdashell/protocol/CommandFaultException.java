package io.github.lambdashell.protocol;

import io.github.lambdashell.config.ShellException;

/** What a command brought on itself, such as the end of the function that ran it. The next one may fare better. */
public final class CommandFaultException extends ShellException {
    /** With what {@link ShellException#ShellException(String, String)} takes. */
    public CommandFaultException(String problem, String remedy) {
        super(problem, remedy);
    }
}
