package io.github.lambdashell.target.local.runtimeapi;

import java.io.IOException;

/** Receives a function's response as it arrives, on the thread that invokes. Slow writes slow the function down. */
public interface ResponseSink {
    /**
     * Begins the response. Not called if the function fails before.
     *
     * @param contentType the function's own, not null
     * @throws IOException if the caller has gone; the function continues
     */
    void start(String contentType) throws IOException;

    /**
     * Receives the next bytes of the response.
     *
     * @param bytes at least one
     * @throws IOException if the caller has gone; the function continues
     */
    void write(byte[] bytes) throws IOException;
}
