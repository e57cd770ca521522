package io.github.lambdashell.target.local.sandbox;

import java.util.Optional;

/**
 * What a caller asks of a function.
 *
 * @param requestId Lambda's id of the request
 * @param event JSON
 * @param clientContext JSON that the caller sent beside the event
 */
public record InvocationRequest(String requestId, byte[] event, Optional<String> clientContext) {}
