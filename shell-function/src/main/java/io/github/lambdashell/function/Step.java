package io.github.lambdashell.function;

import io.github.lambdashell.function.handler.HandlerEvent;
import io.github.lambdashell.function.shell.Command;

/** One step of a request: a command, or an event for the project's handler. */
final class Step {
    /** Names it in its result. */
    final String name;

    /** Null for an event. */
    final Command command;

    /** Null for a command. */
    final HandlerEvent event;

    /** Its own time limit; {@link Long#MAX_VALUE} for none. */
    final long timeoutMillis;

    /** Whether it is skipped after a step that failed. */
    final boolean skipAfterFailure;

    Step(String name, Command command, HandlerEvent event, long timeoutMillis, boolean skipAfterFailure) {
        this.name = name;
        this.command = command;
        this.event = event;
        this.timeoutMillis = timeoutMillis;
        this.skipAfterFailure = skipAfterFailure;
    }
}
