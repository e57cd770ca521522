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
 * The proxies on the way to a target: that of Maven's settings for everything, else those of system properties and
 * environment variables, one for http and one for https. Of the latter the SDK's clients see the one for http only.
 */
final class Proxies {
    private final TargetConfig target;

    Proxies(TargetConfig target) {
        this.target = target;
    }

    /**
     * One of them.
     *
     * @param host its name or address, not null
     * @param port 1 to 65535
     * @param username null where the proxy asks for none
     * @param password null where the proxy asks for none
     * @param direct regular expressions for hosts that are reached without it, in lower case
     */
    record Proxy(String host, int port, String username, String password, Set<String> direct) {
        Proxy {
            Objects.requireNonNull(host);
            direct = Set.copyOf(direct);
        }

        /** For a person to read. */
        String address() {
            return host + ":" + port;
        }

        boolean leadsTo(String name) {
            return direct.stream().noneMatch(name.toLowerCase(Locale.ROOT)::matches);
        }
    }

    /** For plain addresses, which emulators have. */
    Optional<Proxy> http() {
        return found("http");
    }

    /** For all that is AWS's own. Where there is only one for http, it serves, as in the SDK. */
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

    /** A name in NO_PROXY that begins with a dot stands for all hosts below it, which the SDK's pattern misses. */
    private static Set<String> withDomains(Set<String> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.startsWith(".") ? ".*" + pattern : pattern)
                .collect(Collectors.toSet());
    }
}
