package io.github.lambdashell.function.handler;

/** An event for the project's handler, and how often it is passed. */
public final class HandlerEvent {
    final byte[] payload;
    final String clientContext;
    final String identity;
    final int warmup;
    final int invocations;

    /**
     * @param payload the event as it is passed
     * @param clientContext JSON; null for none
     * @param identity JSON; null for none
     * @param warmup number of invocations that precede the counted ones, 0 or more
     * @param invocations number of counted invocations, at least 1
     */
    public HandlerEvent(byte[] payload, String clientContext, String identity, int warmup, int invocations) {
        this.payload = payload;
        this.clientContext = clientContext;
        this.identity = identity;
        this.warmup = warmup;
        this.invocations = invocations;
    }
}
