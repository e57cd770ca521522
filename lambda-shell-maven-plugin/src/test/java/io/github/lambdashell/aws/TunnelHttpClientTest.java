package io.github.lambdashell.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.fault.FaultyEndpoint;
import io.github.lambdashell.fault.HttpAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

class TunnelHttpClientTest {
    private final FaultyEndpoint endpoint =
            FaultyEndpoint.before(call -> new HttpAnswer(201, Map.of("X-Kind", "echo"), call.body()));

    /** Takes what is meant for TLS to the endpoint, which speaks none. */
    private final SdkAsyncHttpClient netty = new SdkAsyncHttpClient() {
        private final SdkAsyncHttpClient client = NettyNioAsyncHttpClient.create();

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

    private final SdkHttpClient client =
            new TunnelHttpClient(UrlConnectionHttpClient.create(), netty, host -> true, () -> {});

    @AfterEach
    void close() throws IOException {
        client.close();
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

    private HttpExecuteResponse call(byte[] body) throws IOException {
        URI uri = URI.create("https://127.0.0.1:" + endpoint.uri().getPort() + "/echo");
        return client.prepareRequest(HttpExecuteRequest.builder()
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.PUT)
                                .uri(uri)
                                .putHeader("Host", uri.getAuthority())
                                .putHeader("Content-Length", String.valueOf(body.length))
                                .build())
                        .contentStreamProvider(() -> new ByteArrayInputStream(body))
                        .build())
                .call();
    }
}
