package io.github.lambdashell.target.aws;

import io.github.lambdashell.target.aws.Proxies.Proxy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The clients for the ways to a host: direct, through the proxy for http, and through that for https. The SDK's clients
 * choose the way themselves, but only by patterns, which can't express the networks in NO_PROXY.
 */
final class ClientRoutes<C extends SdkAutoCloseable> {
    private final C direct;
    private final Optional<Route<C>> http;
    private final Optional<Route<C>> https;

    private record Route<C>(Proxy proxy, C client) {}

    /**
     * Creates the clients that the proxies require.
     *
     * @param direct client without a proxy, not null
     * @param http creates the client for http addresses from their proxy, not null
     * @param https creates the client for https addresses from their proxy, not null
     */
    ClientRoutes(C direct, Proxies proxies, Function<Proxy, C> http, Function<Proxy, C> https) {
        this.direct = direct;
        this.http = proxies.http().map(proxy -> new Route<>(proxy, http.apply(proxy)));
        this.https = proxies.https().map(proxy -> new Route<>(proxy, https.apply(proxy)));
    }

    private C to(SdkHttpRequest request) {
        return (request.protocol().equals("https") ? https : http)
                .filter(route -> route.proxy().leadsTo(request.host()))
                .map(Route::client)
                .orElse(direct);
    }

    private void close() {
        direct.close();
        http.ifPresent(route -> route.client().close());
        https.ifPresent(route -> route.client().close());
    }

    /** Returns a client that sends each request with the client of its route, and closes all of them. */
    static SdkHttpClient synchronous(ClientRoutes<SdkHttpClient> routes) {
        return new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                return routes.to(request.httpRequest()).prepareRequest(request);
            }

            @Override
            public String clientName() {
                return routes.direct.clientName();
            }

            @Override
            public void close() {
                routes.close();
            }
        };
    }

    /** Returns a client that sends each request with the client of its route, and closes all of them. */
    static SdkAsyncHttpClient asynchronous(ClientRoutes<SdkAsyncHttpClient> routes) {
        return new SdkAsyncHttpClient() {
            @Override
            public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
                return routes.to(request.request()).execute(request);
            }

            @Override
            public String clientName() {
                return routes.direct.clientName();
            }

            @Override
            public void close() {
                routes.close();
            }
        };
    }
}
