package io.github.lambdashell.target.local.runtimeapi;

import java.util.Objects;
import java.util.Optional;

/**
 * One event for a function.
 *
 * @param requestId Lambda's id of the invocation, not null
 * @param functionArn the function's ARN, with the qualifier by which the caller invoked it, not null
 * @param event JSON, not null
 * @param clientContext JSON that the caller sent beside the event, not null
 */
public record InvocationRequest(String requestId, String functionArn, byte[] event, Optional<String> clientContext) {
    public InvocationRequest {
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(functionArn);
        Objects.requireNonNull(event);
        Objects.requireNonNull(clientContext);
    }
}
