package io.github.lambdashell.emulator;

import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;

/** One AWS service of the emulator. */
@FunctionalInterface
public interface Service {
    /**
     * Answers one request, whose signature has been verified.
     *
     * @throws IOException if the caller has gone
     */
    void handle(Exchange exchange) throws IOException;
}
