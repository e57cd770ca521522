package io.github.lambdashell.protocol;

/**
 * A listener for the frames of a response, called while they arrive, on the thread that invokes. A slow listener slows
 * the command.
 */
public interface FrameListener {
    /** Receives bytes of standard output; the array is valid until this method returns. */
    void stdout(byte[] bytes, int offset, int length);

    /** Receives bytes of standard error; the array is valid until this method returns. */
    void stderr(byte[] bytes, int offset, int length);

    /** Receives the end of a step; the bytes since the previous step's end are its output. */
    default void step(StepEnd step) {}
}
