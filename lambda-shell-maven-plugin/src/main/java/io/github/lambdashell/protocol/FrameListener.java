package io.github.lambdashell.protocol;

/** Receives the frames of a response while they arrive, on the thread that invokes. A slow listener slows the command. */
public interface FrameListener {
    /** Receives bytes of standard output, as the command wrote them; the array may be read until this method returns. */
    void stdout(byte[] bytes, int offset, int length);

    /** Receives bytes of standard error. */
    void stderr(byte[] bytes, int offset, int length);

    /** Called when a step has ended; the bytes received since the step before are its output. */
    default void step(StepEnd step) {}
}
