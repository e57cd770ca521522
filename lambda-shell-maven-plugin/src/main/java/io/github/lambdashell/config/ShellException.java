package io.github.lambdashell.config;

import java.util.Objects;

/**
 * A failure for a user: what is wrong, then what to do about it.
 *
 * <p>Its message is the whole text to show; no stack trace is needed to understand it.
 */
public class ShellException extends RuntimeException {
    private final String problem;
    private final String remedy;

    /**
     * @param problem what is wrong and where, as a sentence without its full stop, not null
     * @param remedy what to do about it, as a sentence without its full stop, not null
     */
    public ShellException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    /**
     * @param problem what is wrong and where, not null
     * @param remedy what to do about it, not null
     * @param cause the cause, or null
     */
    public ShellException(String problem, String remedy, Throwable cause) {
        // A list of problems ends with a newline.
        super(problem + (problem.endsWith("\n") ? "" : ". ") + Objects.requireNonNull(remedy) + ".", cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** Returns what is wrong and where; not null. */
    public String problem() {
        return problem;
    }

    /** Returns what to do about it; not null. */
    public String remedy() {
        return remedy;
    }
}
