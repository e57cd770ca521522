package io.github.lambdashell.function.process;

/** A signal that ends a command, and how long those who get it have before they are killed. */
public enum Signal {
    /** Ctrl-C's. */
    INT(300),
    TERM(250),
    KILL(0);

    public final long graceMillis;

    Signal(long graceMillis) {
        this.graceMillis = graceMillis;
    }
}
