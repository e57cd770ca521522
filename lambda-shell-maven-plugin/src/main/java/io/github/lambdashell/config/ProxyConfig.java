package io.github.lambdashell.config;

import java.util.Objects;
import java.util.Set;

/**
 * An HTTP proxy on the way to AWS.
 *
 * @param host its name or address, not null
 * @param port 1 to 65535
 * @param username null where the proxy asks for none
 * @param password null where the proxy asks for none
 * @param directHosts hosts that are reached without it, {@code *} for any letters, not null
 */
public record ProxyConfig(String host, int port, String username, String password, Set<String> directHosts) {
    public ProxyConfig {
        Objects.requireNonNull(host);
        directHosts = Set.copyOf(directHosts);
    }

    /** Without the password, which is nobody's to log. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
