package io.github.lambdashell.target;

/** A listener for the progress of a deploy or a teardown. */
public interface DeployListener {
    /**
     * Receives a step that is worth a line.
     *
     * @param line a sentence without its full stop, not null
     */
    void step(String line);

    /**
     * Receives a warning; the goal continues.
     *
     * @param line a sentence without its full stop, not null
     */
    default void warning(String line) {
        step(line);
    }

    /**
     * Receives the new status of a resource of the stack.
     *
     * @param resource its logical id in the template, not null
     * @param type for example {@code AWS::Lambda::Function}, not null
     * @param status for example {@code CREATE_COMPLETE}, not null
     */
    void resource(String resource, String type, String status);

    /** Returns a listener that passes everything on to this one, with a name before each line and resource. */
    default DeployListener named(String name) {
        DeployListener all = this;
        return new DeployListener() {
            @Override
            public void step(String line) {
                all.step(name + ": " + line);
            }

            @Override
            public void warning(String line) {
                all.warning(name + ": " + line);
            }

            @Override
            public void resource(String resource, String type, String status) {
                all.resource(name + ": " + resource, type, status);
            }
        };
    }
}
