package io.github.lambdashell.emulator;

import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;
import java.util.Map;

/** An implementation of Lambda that returns each request's body. */
final class EchoLambda implements Lambda {
    @Override
    public void handle(Exchange exchange) throws IOException {
        exchange.respond(
                200, Map.of("content-type", "application/json"), exchange.body().readAllBytes());
    }

    @Override
    public void forget(String functionName) {}

    @Override
    public void close() {}
}
