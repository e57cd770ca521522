package io.github.lambdashell.protocol;

import com.fasterxml.jackson.databind.JsonNode;

/** Hears an invocation's frames as they come, on the thread that invoked. A slow listener slows the command. */
public interface FrameListener {
    /** Bytes of standard output, as the command wrote them; the array is the listener's to read until it returns. */
    void stdout(byte[] bytes, int offset, int length);

    /** Bytes of standard error. */
    void stderr(byte[] bytes, int offset, int length);

    /** One step has ended; what came since the step before was its output. */
    default void step(JsonNode step) {}
}
