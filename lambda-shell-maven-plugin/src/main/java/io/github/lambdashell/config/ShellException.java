package io.github.lambdashell.config;

import java.util.List;
import java.util.Objects;

/**
 * A failure for the user, with its remedy.
 *
 * <p>The message contains both and needs no stack trace.
 */
public class ShellException extends RuntimeException {
    private final String problem;
    private final String remedy;

    /**
     * Creates a failure.
     *
     * @param problem the problem and its place, a sentence without its full stop, not null
     * @param remedy the remedy, a sentence without its full stop, not null
     */
    public ShellException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    /**
     * Creates a failure with a cause.
     *
     * @param problem the problem and its place, a sentence without its full stop, not null
     * @param remedy the remedy, a sentence without its full stop, not null
     * @param cause the cause; null if there is none
     */
    public ShellException(String problem, String remedy, Throwable cause) {
        super(problem + end(problem) + Objects.requireNonNull(remedy) + ".", cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** Throws the first of the failures, with the others as suppressed ones; returns if there is none. */
    public static void throwIfAny(List<ShellException> failures) {
        if (!failures.isEmpty()) {
            ShellException first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static String end(String problem) {
        // A list of problems ends with a newline, a suggestion with a question mark.
        return problem.endsWith("\n") ? "" : problem.endsWith("?") ? " " : ". ";
    }

    /** Returns the problem and its place, not null. */
    public String problem() {
        return problem;
    }

    /** Returns the remedy, not null. */
    public String remedy() {
        return remedy;
    }
}
