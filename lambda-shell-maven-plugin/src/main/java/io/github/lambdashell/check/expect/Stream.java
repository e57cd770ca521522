package io.github.lambdashell.check.expect;

import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.StepResult;
import java.util.Locale;

/** The streams of a command, the results of the project's handler, and the parts of its first error. */
public enum Stream {
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR,
    /** Both, in the order in which they arrived. */
    OUTPUT,
    /** The handler's last response. */
    RESPONSE,
    /** What the handler's process wrote. */
    LOG,
    /** The type of the first error. */
    ERROR_TYPE,
    /** The message of the first error. */
    ERROR_MESSAGE,
    /** The stack trace of the first error, a frame in each line. */
    ERROR_STACK_TRACE;

    /** Returns the stream's bytes. */
    public Output of(StepResult step) {
        return switch (this) {
            case STDOUT, RESPONSE -> step.stdout();
            case STDERR, LOG -> step.stderr();
            case OUTPUT -> step.output();
            case ERROR_TYPE -> Output.of(error(step).type());
            case ERROR_MESSAGE -> Output.of(error(step).message());
            case ERROR_STACK_TRACE -> Output.of(String.join("\n", error(step).stackTrace()));
        };
    }

    private static HandlerResult.Error error(StepResult step) {
        return handler(step).errors().get(0);
    }

    /** Returns the result of the handler, which a step with an event has. */
    static HandlerResult handler(StepResult step) {
        return step.handler().orElseThrow();
    }

    /** Returns its name in the vocabulary. */
    @Override
    public String toString() {
        return this == ERROR_STACK_TRACE
                ? "error stackTrace"
                : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
