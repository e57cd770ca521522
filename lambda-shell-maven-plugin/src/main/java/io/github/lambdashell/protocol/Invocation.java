package io.github.lambdashell.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * One invocation that came to its end.
 *
 * @param result the function's last frame, see the protocol page; not null
 * @param log the tail of the function's log, up to 4096 bytes; empty where the endpoint sent none, not null
 */
public record Invocation(JsonNode result, String log) {
    public Invocation {
        Objects.requireNonNull(result);
        Objects.requireNonNull(log);
    }
}
