package io.github.lambdashell.aws;

import io.github.lambdashell.config.ProxyConfig;
import io.github.lambdashell.config.TargetConfig;
import io.netty.channel.EventLoopGroup;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** HTTP clients for a target: straight to this machine, through the proxy to AWS. */
final class HttpClients {
    /** Lambda's longest timeout is 15 minutes; an answer that is later than that will not come. */
    private static final Duration INVOKE_READ_TIMEOUT = Duration.ofMinutes(16);

    private final TargetConfig target;

    HttpClients(TargetConfig target) {
        this.target = target;
    }

    /** For the control plane. */
    SdkHttpClient synchronous() {
        ProxyConfiguration.Builder proxy = ProxyConfiguration.builder();
        if (target.isLocal()) {
            proxy.useSystemPropertyValues(false).useEnvironmentVariablesValues(false);
        } else if (target.proxy() != null) {
            ProxyConfig config = target.proxy();
            proxy.endpoint(URI.create("http://" + config.host() + ":" + config.port()))
                    .username(config.username())
                    .password(config.password())
                    .nonProxyHosts(patterns(config.directHosts()));
        }
        return UrlConnectionHttpClient.builder()
                .proxyConfiguration(proxy.build())
                .build();
    }

    /**
     * For invocations, which may be silent for long.
     *
     * @param threads runs it; the caller's to end, for the SDK would wait for two quiet seconds first
     */
    SdkAsyncHttpClient asynchronous(EventLoopGroup threads) {
        var proxy = software.amazon.awssdk.http.nio.netty.ProxyConfiguration.builder();
        if (target.isLocal()) {
            proxy.useSystemPropertyValues(false).useEnvironmentVariableValues(false);
        } else if (target.proxy() != null) {
            ProxyConfig config = target.proxy();
            proxy.host(config.host())
                    .port(config.port())
                    .username(config.username())
                    .password(config.password())
                    .nonProxyHosts(patterns(config.directHosts()));
        }
        return NettyNioAsyncHttpClient.builder()
                .readTimeout(INVOKE_READ_TIMEOUT)
                .tcpKeepAlive(true)
                .eventLoopGroup(SdkEventLoopGroup.create(threads))
                .proxyConfiguration(proxy.build())
                .build();
    }

    /** The SDK takes regular expressions, without saying so. */
    private static Set<String> patterns(Set<String> hosts) {
        return hosts.stream()
                .map(host -> Stream.of(host.toLowerCase(Locale.ROOT).split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.toSet());
    }
}
