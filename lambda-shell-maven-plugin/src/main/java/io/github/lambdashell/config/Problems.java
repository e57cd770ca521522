package io.github.lambdashell.config;

import java.util.ArrayList;
import java.util.List;

/** All problems of a configuration, reported together. */
public final class Problems {
    private final List<String> problems = new ArrayList<>();

    /**
     * Adds a problem, once.
     *
     * @param problem the place, the problem and its remedy, a sentence without its full stop, not null
     */
    public void add(String problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** Adds a problem if a condition is false. */
    public void require(boolean condition, String problem) {
        if (!condition) {
            add(problem);
        }
    }

    /** Returns whether there are no problems. */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Returns all problems. */
    public List<String> all() {
        return List.copyOf(problems);
    }

    /**
     * Throws an exception if there are problems.
     *
     * @throws ShellException with all problems
     */
    public void throwIfAny() {
        if (problems.size() == 1) {
            throw new ShellException(problems.get(0), "Nothing was deployed; correct it and run the goal again");
        }
        if (!problems.isEmpty()) {
            throw new ShellException(
                    "The configuration has " + problems.size() + " problems:\n  - " + String.join("\n  - ", problems)
                            + "\n",
                    "Nothing was deployed; correct them and run the goal again");
        }
    }
}
