package io.github.lambdashell.target;

import io.github.lambdashell.config.ShellException;

/** A failure that the command caused, such as the end of the function that ran it; another command may succeed. */
public final class CommandFaultException extends ShellException {
    /** Creates a failure; the parameters are those of {@link ShellException#ShellException(String, String)}. */
    public CommandFaultException(String problem, String remedy) {
        super(problem, remedy);
    }
}
