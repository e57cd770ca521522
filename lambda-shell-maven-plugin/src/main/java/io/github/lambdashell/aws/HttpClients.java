package io.github.lambdashell.aws;

import io.github.lambdashell.config.ProxyConfig;
import io.github.lambdashell.config.TargetConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

    /** The SDK's own for the control plane. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

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
        SdkHttpClient client = UrlConnectionHttpClient.builder()
                .proxyConfiguration(proxy.build())
                .build();
        boolean password =
                !target.isLocal() && target.proxy() != null && target.proxy().username() != null;
        return password ? withTunnels(client, patterns(target.proxy().directHosts())) : client;
    }

    private SdkHttpClient withTunnels(SdkHttpClient others, Set<String> direct) {
        EventLoopGroup threads = new NioEventLoopGroup(1, new DefaultThreadFactory("lshell-proxy", true));
        return new TunnelHttpClient(
                others,
                asynchronous(threads, READ_TIMEOUT),
                host -> direct.stream().noneMatch(host.toLowerCase(Locale.ROOT)::matches),
                () -> threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS));
    }

    /**
     * For invocations, which may be silent for long.
     *
     * @param threads runs it; the caller's to end, for the SDK would wait for two quiet seconds first
     */
    SdkAsyncHttpClient asynchronous(EventLoopGroup threads) {
        return asynchronous(threads, INVOKE_READ_TIMEOUT);
    }

    private SdkAsyncHttpClient asynchronous(EventLoopGroup threads, Duration readTimeout) {
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
                .readTimeout(readTimeout)
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
