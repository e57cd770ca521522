package io.github.lambdashell.target.aws;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.lambda.model.InvokeResponseStreamUpdate;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamCompleteEvent;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseEvent;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseHandler;

/**
 * A streamed response, handed over from the SDK's thread to the caller's. The next chunk is requested after one was
 * consumed, so that a slow caller slows the sender down and at most {@value #AHEAD} chunks are buffered.
 */
final class ResponseSubscriber implements Subscriber<InvokeWithResponseStreamResponseEvent> {
    private static final int AHEAD = 8;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();
    private volatile Subscription subscription;
    private volatile InvokeWithResponseStreamCompleteEvent complete;
    private boolean begun;

    InvokeWithResponseStreamResponseHandler handler() {
        return InvokeWithResponseStreamResponseHandler.builder()
                .onEventStream(events -> events.subscribe(this))
                .onError(failure -> chunks.add(END))
                .build();
    }

    /**
     * Passes each chunk to the consumer, on this thread, until the response ends.
     *
     * @throws ExecutionException if the SDK failed, with its exception as the cause
     */
    void forEachChunk(CompletableFuture<Void> done, Consumer<byte[]> consumer)
            throws ExecutionException, InterruptedException {
        done.whenComplete((nothing, failure) -> chunks.add(END));
        for (byte[] chunk = chunks.take(); chunk != END; chunk = chunks.take()) {
            begun = true;
            consumer.accept(chunk);
            subscription.request(1);
        }
        done.get();
    }

    /** Returns whether a byte of the response has arrived, which proves that the function ran. */
    boolean hasBegun() {
        return begun;
    }

    /** Returns the error code if the function failed, otherwise empty. */
    Optional<String> errorCode() {
        return Optional.ofNullable(complete).map(InvokeWithResponseStreamCompleteEvent::errorCode);
    }

    /** Returns Lambda's details of the failure, not null. */
    String errorDetails() {
        return Optional.ofNullable(complete)
                .map(InvokeWithResponseStreamCompleteEvent::errorDetails)
                .orElse("");
    }

    /** Returns the end of the log in base64; empty if the endpoint sent none. */
    Optional<String> logResult() {
        return Optional.ofNullable(complete).map(InvokeWithResponseStreamCompleteEvent::logResult);
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(AHEAD);
    }

    @Override
    public void onNext(InvokeWithResponseStreamResponseEvent event) {
        if (event instanceof InvokeResponseStreamUpdate update && update.payload() != null) {
            byte[] bytes = update.payload().asByteArrayUnsafe();
            if (bytes.length > 0) {
                chunks.add(bytes);
                return;
            }
        } else if (event instanceof InvokeWithResponseStreamCompleteEvent end) {
            complete = end;
        }
        subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
        chunks.add(END);
    }

    @Override
    public void onComplete() {
        // The future completes right after, and ends the caller's loop.
    }
}
