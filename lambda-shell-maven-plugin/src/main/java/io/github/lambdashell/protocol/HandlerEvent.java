package io.github.lambdashell.protocol;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * An event for the project's handler, passed to it once or several times.
 *
 * @param payload the event; empty if the function fetches it from the URL, not null
 * @param url where the function fetches the event, not null
 * @param clientContext the client context as JSON, not null
 * @param identity the caller's Amazon Cognito identity as JSON, not null
 * @param invocations how often it is passed, at least 1
 * @param warmup the number of invocations that precede these without being counted, at least 0
 */
public record HandlerEvent(
        byte[] payload,
        Optional<URI> url,
        Optional<String> clientContext,
        Optional<String> identity,
        int invocations,
        int warmup) {
    public HandlerEvent {
        Objects.requireNonNull(payload);
        Objects.requireNonNull(url);
        Objects.requireNonNull(clientContext);
        Objects.requireNonNull(identity);
    }

    /** Returns an event that is passed once. */
    public static HandlerEvent of(byte[] payload) {
        return new HandlerEvent(payload, Optional.empty(), Optional.empty(), Optional.empty(), 1, 0);
    }

    /** Returns the event, which the function fetches from a URL. */
    public HandlerEvent at(URI place) {
        return new HandlerEvent(new byte[0], Optional.of(place), clientContext, identity, invocations, warmup);
    }
}
