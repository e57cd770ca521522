package io.github.lambdashell.config;

import java.util.Objects;
import java.util.Set;

/**
 * An HTTP proxy for requests to AWS.
 *
 * @param host its name or address, not null
 * @param port 1 to 65535
 * @param username null if the proxy requires none
 * @param password null if the proxy requires none
 * @param directHosts hosts that are reached without it; {@code *} matches any text; not null
 */
public record ProxyConfig(String host, int port, String username, String password, Set<String> directHosts) {
    public ProxyConfig {
        Objects.requireNonNull(host);
        directHosts = Set.copyOf(directHosts);
    }

    /** Returns the host and the port; the password must not get into logs. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
