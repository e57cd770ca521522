package io.github.lambdashell.check;

/** An output without the value that is searched for. Its message is the violation. */
public final class NoValueException extends Exception {
    private static final long serialVersionUID = 1;

    public NoValueException(String violation) {
        super(violation);
    }
}
