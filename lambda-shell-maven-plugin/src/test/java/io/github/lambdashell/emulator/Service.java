package io.github.lambdashell.emulator;

import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;

/** An AWS service of the emulator. */
@FunctionalInterface
public interface Service {
    /**
     * Handles one request, whose signature was verified.
     *
     * @throws IOException if the caller has closed the connection
     */
    void handle(Exchange exchange) throws IOException;
}
