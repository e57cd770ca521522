package io.github.lambdashell.config;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong, so that a user is told all of it at once. */
public final class Problems {
    private final List<String> problems = new ArrayList<>();

    /** Notes one: what is wrong, where, and what would be right, as a sentence without its full stop. */
    public void add(String problem) {
        problems.add(problem);
    }

    /** Notes one where the condition does not hold. */
    public void require(boolean condition, String problem) {
        if (!condition) {
            add(problem);
        }
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /**
     * Ends the collection.
     *
     * @throws ShellException that names all problems, when there is one
     */
    public void throwIfAny() {
        if (problems.size() == 1) {
            throw new ShellException(problems.get(0), "Nothing was deployed; mend it and run the goal again");
        }
        if (!problems.isEmpty()) {
            throw new ShellException(
                    problems.size() + " things are wrong with the configuration:\n  - "
                            + String.join("\n  - ", problems) + "\n",
                    "Nothing was deployed; mend them and run the goal again");
        }
    }
}
