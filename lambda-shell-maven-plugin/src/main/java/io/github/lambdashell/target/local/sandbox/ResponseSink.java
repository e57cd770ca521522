package io.github.lambdashell.target.local.sandbox;

import java.io.IOException;

/** Takes a function's answer as it arrives. Slow writes slow the function. */
public interface ResponseSink {
    /**
     * The function begins to answer. Not called when it fails before.
     *
     * @param contentType what the function says of its answer
     * @throws IOException when the caller has gone; the function runs on
     */
    void start(String contentType) throws IOException;

    /**
     * Some bytes of the answer.
     *
     * @throws IOException when the caller has gone; the function runs on
     */
    void write(byte[] bytes) throws IOException;
}
