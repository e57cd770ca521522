package io.github.lambdashell.target.local.runtimeapi;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** One event on its way into a function, with the answer on its way out. */
public final class Invocation {
    private final String requestId;
    private final String functionArn;
    private final byte[] event;
    private final Optional<String> clientContext;
    private final Instant deadline;
    private final String invocationId = UUID.randomUUID().toString();
    private final Response response = new Response();

    /**
     * @param requestId Lambda's id of the request, not null
     * @param functionArn as it was invoked, not null
     * @param event JSON, not null
     * @param clientContext JSON that the caller sent beside the event
     * @param deadline when the function's timeout ends it, not null
     */
    public Invocation(
            String requestId, String functionArn, byte[] event, Optional<String> clientContext, Instant deadline) {
        this.requestId = Objects.requireNonNull(requestId);
        this.functionArn = Objects.requireNonNull(functionArn);
        this.event = Objects.requireNonNull(event);
        this.clientContext = Objects.requireNonNull(clientContext);
        this.deadline = Objects.requireNonNull(deadline);
    }

    /** The function's answer. Not null. */
    public Response response() {
        return response;
    }

    /** Lambda's id of the request. Not null. */
    public String requestId() {
        return requestId;
    }

    String functionArn() {
        return functionArn;
    }

    byte[] event() {
        return event;
    }

    Optional<String> clientContext() {
        return clientContext;
    }

    Instant deadline() {
        return deadline;
    }

    /** Told apart from the request's id since July 2026, because one request can be delivered twice. */
    String invocationId() {
        return invocationId;
    }
}
