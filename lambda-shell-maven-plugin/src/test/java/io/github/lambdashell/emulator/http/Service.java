package io.github.lambdashell.emulator.http;

import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;

/** One AWS service of the endpoint. Called on a worker thread, for requests whose signature was found right. */
@FunctionalInterface
public interface Service {
    /**
     * Answers one request.
     *
     * @throws IOException when the peer has gone; anything else thrown becomes a 500
     */
    void handle(Exchange exchange) throws IOException;
}
