package io.github.lambdashell.emulator;

import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands where Lambda is: answers every request with its own body, and counts them. */
public final class EchoLambda implements Lambda {
    public final AtomicInteger requests = new AtomicInteger();

    @Override
    public void handle(Exchange exchange) throws IOException {
        requests.incrementAndGet();
        exchange.respond(
                200, Map.of("content-type", "application/json"), exchange.body().readAllBytes());
    }

    @Override
    public Optional<String> isolation() {
        return Optional.empty();
    }

    @Override
    public void forget(String functionName) {}

    @Override
    public void close() {}
}
