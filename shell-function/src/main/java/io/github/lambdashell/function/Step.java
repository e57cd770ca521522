package io.github.lambdashell.function;

import io.github.lambdashell.function.shell.Command;

/** One command of a request, and when it runs. */
final class Step {
    final String name;
    final Command command;
    final long timeoutMillis;
    final boolean skipAfterFailure;

    /** @param timeoutMillis at least 1, {@link Long#MAX_VALUE} for none */
    Step(String name, Command command, long timeoutMillis, boolean skipAfterFailure) {
        this.name = name;
        this.command = command;
        this.timeoutMillis = timeoutMillis;
        this.skipAfterFailure = skipAfterFailure;
    }
}
