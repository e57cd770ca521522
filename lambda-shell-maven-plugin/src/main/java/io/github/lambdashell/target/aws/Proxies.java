package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ProxyConfig;
import io.github.lambdashell.config.TargetConfig;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utils.ProxyConfigProvider;

/**
 * The proxies on the way to a target: that of Maven's settings for all addresses; otherwise those of system properties
 * and environment variables, one for http and one for https. Of the latter two, the SDK's clients read only the one for
 * http, and they don't read NO_PROXY as other programs do.
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
     * @param direct the condition that a host is reached without it, not null
     */
    record Proxy(String host, int port, String username, String password, Predicate<String> direct) {
        Proxy {
            Objects.requireNonNull(host);
            Objects.requireNonNull(direct);
        }

        /** Returns the address for a message. */
        String address() {
            return host + ":" + port;
        }

        /** Returns whether a host, as in a URI, is reached through this proxy. */
        boolean leadsTo(String name) {
            return !direct.test(name);
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
                    matching(patterns(config.directHosts()))));
        }
        ProxyConfigProvider properties = ProxyConfigProvider.fromSystemPropertySettings(scheme);
        return proxy(properties, matching(properties.nonProxyHosts()))
                .or(() -> proxy(ProxyConfigProvider.fromEnvironmentSettings(scheme), NoProxy.direct(noProxy())));
    }

    private static Optional<Proxy> proxy(ProxyConfigProvider settings, Predicate<String> direct) {
        return Optional.ofNullable(settings.host())
                .filter(host -> !host.isEmpty())
                .map(host -> new Proxy(
                        host,
                        settings.port(),
                        settings.userName().orElse(null),
                        settings.password().orElse(null),
                        direct));
    }

    /** Returns the variable's value; as for curl, an empty variable is the same as none. */
    private static String noProxy() {
        return Stream.of("no_proxy", "NO_PROXY")
                .map(System::getenv)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Set<String> patterns(Set<String> globs) {
        return globs.stream()
                .map(glob -> Stream.of(glob.toLowerCase(Locale.ROOT).split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.toSet());
    }

    private static Predicate<String> matching(Set<String> patterns) {
        return host -> patterns.stream().anyMatch(host.toLowerCase(Locale.ROOT)::matches);
    }
}
