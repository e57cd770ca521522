package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ProxyConfig;
import io.github.lambdashell.config.TargetConfig;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utils.ProxyConfigProvider;

/**
 * The proxies on the way to a target: that of Maven's settings for all addresses; otherwise those of system properties
 * and environment variables, one for http and one for https. Of the latter two, the SDK's clients read only the one for
 * http.
 */
final class Proxies {
    private final TargetConfig target;

    Proxies(TargetConfig target) {
        this.target = target;
    }

    /**
     * A proxy.
     *
     * @param host its name or address, not null
     * @param port 1 to 65535
     * @param username null if the proxy requires none
     * @param password null if the proxy requires none
     * @param direct regular expressions for hosts that are reached without it, in lower case, not null
     */
    record Proxy(String host, int port, String username, String password, Set<String> direct) {
        Proxy {
            Objects.requireNonNull(host);
            direct = Set.copyOf(direct);
        }

        /** Returns the address for a message. */
        String address() {
            return host + ":" + port;
        }

        boolean leadsTo(String name) {
            return direct.stream().noneMatch(name.toLowerCase(Locale.ROOT)::matches);
        }
    }

    /** Returns the proxy for http addresses, such as those of emulators; empty if there is none. */
    Optional<Proxy> http() {
        return found("http");
    }

    /** Returns the proxy for https addresses, such as those of AWS. As in the SDK, it defaults to the one for http. */
    Optional<Proxy> https() {
        return found("https").or(this::http);
    }

    private Optional<Proxy> found(String scheme) {
        ProxyConfig config = target.proxy();
        if (config != null) {
            return Optional.of(new Proxy(
                    config.host(),
                    config.port(),
                    config.username(),
                    config.password(),
                    patterns(config.directHosts())));
        }
        return Optional.ofNullable(ProxyConfigProvider.fromSystemEnvironmentSettings(true, true, scheme))
                .filter(environment ->
                        environment.host() != null && !environment.host().isEmpty())
                .map(environment -> new Proxy(
                        environment.host(),
                        environment.port(),
                        environment.userName().orElse(null),
                        environment.password().orElse(null),
                        withDomains(environment.nonProxyHosts())));
    }

    private static Set<String> patterns(Set<String> hosts) {
        return hosts.stream()
                .map(host -> Stream.of(host.toLowerCase(Locale.ROOT).split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.toSet());
    }

    /**
     * Adds patterns for names in NO_PROXY that begin with a dot: they stand for all hosts below the domain, which the
     * SDK's pattern does not match.
     */
    private static Set<String> withDomains(Set<String> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.startsWith(".") ? ".*" + pattern : pattern)
                .collect(Collectors.toSet());
    }
}
