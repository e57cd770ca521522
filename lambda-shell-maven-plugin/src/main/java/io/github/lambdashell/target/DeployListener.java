package io.github.lambdashell.target;

/** Receives the progress of a deploy or a teardown while it happens. */
public interface DeployListener {
    /**
     * Called for a step that is worth a line.
     *
     * @param line a sentence without its full stop
     */
    void step(String line);

    /**
     * Called for something that the user should attend to, although the goal continues.
     *
     * @param line a sentence without its full stop
     */
    default void warning(String line) {
        step(line);
    }

    /**
     * Called when a resource of the stack has another status.
     *
     * @param resource its logical id in the template
     * @param type for example {@code AWS::Lambda::Function}
     * @param status for example {@code CREATE_COMPLETE}
     */
    void resource(String resource, String type, String status);
}
