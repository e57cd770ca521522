package io.github.lambdashell.check.expect;

import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.StepResult;
import java.util.Locale;

/** What a command wrote, by where it wrote it. */
public enum Stream {
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR,
    /** Both, in the order in which they came. */
    OUTPUT;

    /** The stream's bytes. */
    public Output of(StepResult step) {
        return switch (this) {
            case STDOUT -> step.stdout();
            case STDERR -> step.stderr();
            case OUTPUT -> step.output();
        };
    }

    /** The word that users write for it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
