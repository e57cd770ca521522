package io.github.lambdashell.mojo;

import io.github.lambdashell.config.ProxyConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** The proxy of Maven's settings, chosen as Maven does for an https address. */
final class MavenProxy {
    /** Hosts for which a JVM never uses a proxy. */
    private static final List<String> LOOPBACK = List.of("localhost", "127.*", "[::1]");

    private MavenProxy() {}

    static Optional<ProxyConfig> of(List<Proxy> proxies, SettingsDecrypter decrypter) {
        List<Proxy> active = proxies.stream().filter(Proxy::isActive).toList();
        return active.stream()
                .filter(proxy -> "https".equalsIgnoreCase(proxy.getProtocol()))
                .findFirst()
                .or(() -> active.stream().findFirst())
                .map(proxy -> decrypter
                        .decrypt(new DefaultSettingsDecryptionRequest(proxy))
                        .getProxy())
                .map(MavenProxy::config);
    }

    private static ProxyConfig config(Proxy proxy) {
        Stream<String> direct = Optional.ofNullable(proxy.getNonProxyHosts()).stream()
                .flatMap(hosts -> Stream.of(hosts.split("[|,]")))
                .map(String::strip)
                .filter(host -> !host.isEmpty());
        Set<String> directHosts = Stream.concat(direct, LOOPBACK.stream()).collect(Collectors.toSet());
        return new ProxyConfig(proxy.getHost(), proxy.getPort(), proxy.getUsername(), proxy.getPassword(), directHosts);
    }
}
