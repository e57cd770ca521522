package io.github.lambdashell.function.shell;

/** A process that still held a command's output when its shell had ended. */
public final class Straggler {
    public final long pid;
    public final String name;

    Straggler(long pid, String name) {
        this.pid = pid;
        this.name = name;
    }
}
