package io.github.lambdashell.local;

import io.github.lambdashell.target.local.endpoint.Lambda;
import io.github.lambdashell.target.local.http.Exchange;
import java.io.IOException;
import java.util.List;
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
    public void requireLayers(List<String> arns) {}

    @Override
    public void forget(String functionName) {}

    @Override
    public void close() {}
}
