package io.github.lambdashell.aws;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
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
 * Goes to https addresses through a proxy, on an asynchronous client for callers that wait: the JDK's own client, and so
 * the SDK's synchronous one, sends no password with the CONNECT that such an address needs. It serves for all other
 * addresses.
 */
final class TunnelHttpClient implements SdkHttpClient {
    private final SdkHttpClient others;
    private final SdkAsyncHttpClient client;
    private final Predicate<String> proxied;
    private final Runnable afterwards;

    /**
     * @param others for what needs no tunnel; the new client's to close
     * @param client for what needs one; the new client's to close
     * @param proxied whether a host is reached through the proxy
     * @param afterwards what else ends with it
     */
    TunnelHttpClient(SdkHttpClient others, SdkAsyncHttpClient client, Predicate<String> proxied, Runnable afterwards) {
        this.others = others;
        this.client = client;
        this.proxied = proxied;
        this.afterwards = afterwards;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        boolean tunnel = request.httpRequest().protocol().equals("https")
                && proxied.test(request.httpRequest().host());
        return tunnel ? new Call(request) : others.prepareRequest(request);
    }

    @Override
    public String clientName() {
        return others.clientName();
    }

    @Override
    public void close() {
        others.close();
        client.close();
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

        /** The whole body at once: nothing here sends more than a function's package. */
        private SdkHttpContentPublisher content() throws IOException {
            byte[] bytes = request.contentStreamProvider().isPresent()
                    ? request.contentStreamProvider().get().newStream().readAllBytes()
                    : new byte[0];
            AsyncRequestBody body = AsyncRequestBody.fromBytesUnsafe(bytes);
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
