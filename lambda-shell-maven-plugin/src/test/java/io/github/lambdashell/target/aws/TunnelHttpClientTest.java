package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.fault.FaultyEndpoint;
import io.github.lambdashell.fault.HttpAnswer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

class TunnelHttpClientTest {
    private final FaultyEndpoint endpoint =
            FaultyEndpoint.before(call -> new HttpAnswer(201, Map.of("X-Kind", "echo"), call.body()));

    /** One thread, as in the product: with more, the SDK can miss that a connection was refused, and waits for it. */
    private final EventLoopGroup threads = new NioEventLoopGroup(1, new DefaultThreadFactory("test", true));

    /** Takes what is meant for TLS to the endpoint, which speaks none. */
    private final SdkAsyncHttpClient netty = new SdkAsyncHttpClient() {
        private final SdkAsyncHttpClient client = NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(SdkEventLoopGroup.create(threads))
                .build();

        @Override
        public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
            SdkHttpRequest plain = request.request().copy(to -> to.protocol("http"));
            return client.execute(AsyncExecuteRequest.builder()
                    .request(plain)
                    .requestContentPublisher(request.requestContentPublisher())
                    .responseHandler(request.responseHandler())
                    .build());
        }

        @Override
        public void close() {
            client.close();
        }
    };

    @AfterEach
    void close() throws IOException {
        netty.close();
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        endpoint.close();
    }

    @Test
    void bringsHeadAndBodyBothWays() throws IOException {
        byte[] body = "0123456789".repeat(100_000).getBytes(StandardCharsets.UTF_8);

        HttpExecuteResponse answer = call(body);

        assertThat(answer.httpResponse().statusCode()).isEqualTo(201);
        assertThat(answer.httpResponse().firstMatchingHeader("X-Kind")).contains("echo");
        assertThat(answer.responseBody().orElseThrow()).hasBinaryContent(body);
    }

    @Test
    void bringsAnAnswerWithoutABody() throws IOException {
        assertThat(call(new byte[0]).responseBody().orElseThrow()).isEmpty();
    }

    @Test
    void aConnectionThatFailsIsAnIoExceptionWhichTheSdkRepeats() throws IOException {
        endpoint.close();

        assertThatThrownBy(() -> call(new byte[1])).isInstanceOf(IOException.class);
    }

    /** A package may be as large as the heap that a build has left. */
    @Test
    @Timeout(60)
    void sendsTheBeginningOfABodyBeforeItsEndIsRead() throws Exception {
        int length = 8 << 20;
        CountDownLatch begun = new CountDownLatch(1);
        InputStream body = new InputStream() {
            private int read;

            @Override
            public int read() throws IOException {
                if (read == length / 2) {
                    await(begun);
                }
                return read++ < length ? 'x' : -1;
            }
        };
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread service = new Thread(() -> receive(server, length, begun));
            service.start();
            HttpExecuteResponse answer = call(server.getLocalPort(), length, () -> body);

            assertThat(answer.httpResponse().statusCode()).isEqualTo(200);
            service.join();
        }
    }

    private static void await(CountDownLatch begun) throws IOException {
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** First grants the CONNECT, then takes a request with a body. */
    private static void receive(ServerSocket server, int length, CountDownLatch begun) {
        try {
            try (Socket asked = server.accept()) {
                asked.getOutputStream().write("HTTP/1.1 200 Granted\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            try (Socket client = server.accept()) {
                client.getInputStream().readNBytes(length / 4);
                begun.countDown();
                client.getInputStream().readNBytes(length - length / 4);
                client.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpExecuteResponse call(byte[] body) throws IOException {
        return call(endpoint.uri().getPort(), body.length, () -> new ByteArrayInputStream(body));
    }

    private HttpExecuteResponse call(int port, int length, ContentStreamProvider body) throws IOException {
        URI uri = URI.create("https://127.0.0.1:" + port + "/echo");
        // The proxy is where the endpoint is, and grants every CONNECT.
        TunnelCheck check = new TunnelCheck(new Proxies.Proxy("127.0.0.1", port, null, null, host -> false));
        return new TunnelHttpClient(netty, check, () -> {})
                .prepareRequest(HttpExecuteRequest.builder()
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.PUT)
                                .uri(uri)
                                .putHeader("Host", uri.getAuthority())
                                .putHeader("Content-Length", String.valueOf(length))
                                .build())
                        .contentStreamProvider(body)
                        .build())
                .call();
    }
}
