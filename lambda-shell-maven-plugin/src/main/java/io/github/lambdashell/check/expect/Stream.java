package io.github.lambdashell.check.expect;

import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.StepResult;
import java.util.Locale;

/** The streams of a command. */
public enum Stream {
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR,
    /** Both, in the order in which they arrived. */
    OUTPUT;

    /** Returns the stream's bytes. */
    public Output of(StepResult step) {
        return switch (this) {
            case STDOUT -> step.stdout();
            case STDERR -> step.stderr();
            case OUTPUT -> step.output();
        };
    }

    /** Returns its name in the vocabulary. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
