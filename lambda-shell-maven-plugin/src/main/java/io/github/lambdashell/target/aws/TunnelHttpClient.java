package io.github.lambdashell.target.aws;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;
import software.amazon.awssdk.utils.async.InputStreamSubscriber;

/**
 * A synchronous client that reaches https addresses through a proxy with an asynchronous client. The JDK's own client,
 * and thus the SDK's synchronous one, sends no password with the CONNECT request that such an address needs.
 */
final class TunnelHttpClient implements SdkHttpClient {
    private final SdkAsyncHttpClient client;
    private final TunnelCheck check;
    private final Runnable afterwards;
    /** Threads that read request bodies while the calling threads wait for responses. */
    private final ExecutorService readers =
            Executors.newCachedThreadPool(new DefaultThreadFactory("lshell-upload", true));

    /**
     * Wraps a client, which this one closes.
     *
     * @param client client that goes through the proxy, not null
     * @param check requires that the proxy opens a tunnel, not null
     * @param afterwards called after the client is closed, not null
     */
    TunnelHttpClient(SdkAsyncHttpClient client, TunnelCheck check, Runnable afterwards) {
        this.client = client;
        this.check = check;
        this.afterwards = afterwards;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Call(request);
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
        readers.shutdownNow();
        afterwards.run();
    }

    private final class Call implements ExecutableHttpRequest, SdkAsyncHttpResponseHandler {
        private final HttpExecuteRequest request;
        private final CompletableFuture<HttpExecuteResponse> answer = new CompletableFuture<>();
        private volatile CompletableFuture<Void> exchange = CompletableFuture.completedFuture(null);
        private volatile SdkHttpResponse head;

        Call(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            check.require(request.httpRequest().host(), request.httpRequest().port());
            exchange = client.execute(AsyncExecuteRequest.builder()
                    .request(request.httpRequest())
                    .requestContentPublisher(content())
                    .responseHandler(this)
                    .build());
            exchange.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(failure);
                }
            });
            try {
                return answer.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException failure
                        ? failure
                        : new IOException(e.getCause().getMessage(), e.getCause());
            } catch (InterruptedException e) {
                abort();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for an answer");
            }
        }

        @Override
        public void abort() {
            exchange.cancel(true);
        }

        private SdkHttpContentPublisher content() {
            AsyncRequestBody body = request.contentStreamProvider()
                    .map(stream -> AsyncRequestBody.fromInputStream(
                            stream.newStream(), contentLength().orElse(null), readers))
                    .orElseGet(AsyncRequestBody::empty);
            return new SdkHttpContentPublisher() {
                @Override
                public Optional<Long> contentLength() {
                    return body.contentLength();
                }

                @Override
                public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
                    body.subscribe(subscriber);
                }
            };
        }

        private Optional<Long> contentLength() {
            return request.httpRequest().firstMatchingHeader("Content-Length").map(Long::valueOf);
        }

        @Override
        public void onHeaders(SdkHttpResponse response) {
            head = response;
        }

        @Override
        public void onStream(Publisher<ByteBuffer> stream) {
            InputStreamSubscriber body = new InputStreamSubscriber();
            stream.subscribe(body);
            answer.complete(HttpExecuteResponse.builder()
                    .response(head)
                    .responseBody(AbortableInputStream.create(body, body::close))
                    .build());
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }
    }
}
