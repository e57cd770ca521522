package io.github.lambdashell.stack;

/** Hears what happens to a stack, as it happens. */
public interface StackProgress {
    /**
     * Something worth a line.
     *
     * @param line a sentence without its full stop
     */
    void step(String line);

    /**
     * Something that the user should see to, though the goal goes on.
     *
     * @param line a sentence without its full stop
     */
    default void warning(String line) {
        step(line);
    }

    /**
     * A resource changed its state.
     *
     * @param resource its name in the template
     * @param type for example {@code AWS::Lambda::Function}
     * @param status for example {@code CREATE_COMPLETE}
     */
    void resource(String resource, String type, String status);
}
