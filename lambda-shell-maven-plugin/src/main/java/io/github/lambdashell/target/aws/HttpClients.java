package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.target.aws.Proxies.Proxy;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.PlatformDependent;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** HTTP clients for a target: direct to this machine, through the configured proxy to AWS. */
final class HttpClients {
    /** Read timeout of an invocation, longer than Lambda's maximum timeout of 15 minutes. */
    private static final Duration INVOKE_READ_TIMEOUT = Duration.ofMinutes(16);

    /** Read timeout of the control plane, which is the SDK's default. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    /** More than the samples of a check, which run at the same time. */
    private static final int MAX_INVOCATIONS = 200;

    static {
        withoutUnsafe();
    }

    private final Proxies proxies;

    HttpClients(TargetConfig target) {
        this.proxies = new Proxies(target);
    }

    /**
     * Initializes Netty without {@code sun.misc.Unsafe}, whose use makes JDK 24 and later print warnings into the build.
     * The property is restored, because it applies to every Netty of this process.
     */
    private static void withoutUnsafe() {
        String property = "io.netty.noUnsafe";
        String previous = System.setProperty(property, "true");
        PlatformDependent.hasUnsafe();
        if (previous == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, previous);
        }
    }

    /** Returns the client for the control plane. */
    SdkHttpClient synchronous() {
        return ClientRoutes.synchronous(new ClientRoutes<>(
                synchronous(Optional.empty()), proxies, proxy -> synchronous(Optional.of(proxy)), HttpClients::tunnel));
    }

    private static SdkHttpClient synchronous(Optional<Proxy> through) {
        ProxyConfiguration.Builder configuration =
                ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariablesValues(false);
        through.ifPresent(proxy -> configuration
                .endpoint(URI.create("http://" + proxy.address()))
                .username(proxy.username())
                .password(proxy.password()));
        return UrlConnectionHttpClient.builder()
                .proxyConfiguration(configuration.build())
                .build();
    }

    private static SdkHttpClient tunnel(Proxy proxy) {
        EventLoopGroup threads = new NioEventLoopGroup(1, new DefaultThreadFactory("lshell-proxy", true));
        return new TunnelHttpClient(
                asynchronous(threads, READ_TIMEOUT, Optional.of(proxy)),
                new TunnelCheck(proxy),
                () -> threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS));
    }

    /**
     * Returns the client for invocations, whose responses can take minutes.
     *
     * @param threads event loop of the client; the caller shuts it down, because the SDK would wait for two seconds
     *     without tasks first
     */
    SdkAsyncHttpClient asynchronous(EventLoopGroup threads) {
        Function<Proxy, SdkAsyncHttpClient> through =
                proxy -> asynchronous(threads, INVOKE_READ_TIMEOUT, Optional.of(proxy));
        return ClientRoutes.asynchronous(new ClientRoutes<>(
                asynchronous(threads, INVOKE_READ_TIMEOUT, Optional.empty()), proxies, through, through));
    }

    private static SdkAsyncHttpClient asynchronous(
            EventLoopGroup threads, Duration readTimeout, Optional<Proxy> through) {
        var configuration = software.amazon.awssdk.http.nio.netty.ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariableValues(false);
        through.ifPresent(proxy -> configuration
                .host(proxy.host())
                .port(proxy.port())
                .username(proxy.username())
                .password(proxy.password()));
        return NettyNioAsyncHttpClient.builder()
                .readTimeout(readTimeout)
                .maxConcurrency(MAX_INVOCATIONS)
                .tcpKeepAlive(true)
                .eventLoopGroup(SdkEventLoopGroup.create(threads))
                .proxyConfiguration(configuration.build())
                .build();
    }
}
