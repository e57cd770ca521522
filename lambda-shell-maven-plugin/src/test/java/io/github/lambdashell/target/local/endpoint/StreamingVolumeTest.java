package io.github.lambdashell.target.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.endpoint.LocalFunctions.Settings;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeResponseStreamUpdate;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseEvent;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseHandler;

/** Large answers: whole, held nowhere, and no faster than their reader. */
class StreamingVolumeTest {
    private static final long SIZE = 50_000_000;

    @TempDir
    private Path directory;

    @Test
    @Timeout(120)
    void aSlowReaderHoldsTheFunctionBackAndGetsEveryByte() throws Exception {
        try (LocalFunctions functions = new LocalFunctions(directory, SandboxOptions.DEFAULT)) {
            functions.raw(new Settings().timeout(100));
            Reader reader = new Reader();
            var invocation = functions
                    .asyncClient()
                    .invokeWithResponseStream(
                            request -> request.functionName("raw")
                                    .payload(SdkBytes.fromUtf8String("{\"do\":\"stream\",\"value\":\"" + SIZE + "\"}")),
                            InvokeWithResponseStreamResponseHandler.builder()
                                    .onEventStream(events -> events.subscribe(reader))
                                    .build());

            assertThat(reader.first.await(60, TimeUnit.SECONDS)).isTrue();
            // Nothing is asked for now. Were there no back-pressure, all of it would come into this process.
            long before = usedHeap();
            Thread.sleep(2000);
            assertThat(usedHeap() - before).as("growth of the heap").isLessThan(SIZE / 2);
            assertThat(invocation).isNotDone();
            reader.subscription.request(Long.MAX_VALUE);
            invocation.get(60, TimeUnit.SECONDS);

            assertThat(reader.bytes).hasValue(SIZE);
            assertThat(reader.isIntact).isTrue();
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Takes one event, then waits to be told to take the rest. */
    private static final class Reader implements Subscriber<InvokeWithResponseStreamResponseEvent> {
        final CountDownLatch first = new CountDownLatch(1);
        final AtomicLong bytes = new AtomicLong();
        volatile boolean isIntact = true;
        volatile Subscription subscription;

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(InvokeWithResponseStreamResponseEvent event) {
            if (event instanceof InvokeResponseStreamUpdate chunk) {
                for (byte b : chunk.payload().asByteArrayUnsafe()) {
                    // The function repeats a block of 32 KB, in which each byte is the low part of its place.
                    isIntact &= b == (byte) bytes.getAndIncrement();
                }
            }
            first.countDown();
        }

        @Override
        public void onError(Throwable problem) {
            isIntact = false;
        }

        @Override
        public void onComplete() {}
    }

    @Test
    @Timeout(60)
    void aCallerWhoLeavesDoesNotStopTheFunction() throws Exception {
        try (LocalFunctions functions = new LocalFunctions(directory, SandboxOptions.DEFAULT)) {
            functions.raw();
            Reader reader = new Reader();
            functions
                    .asyncClient()
                    .invokeWithResponseStream(
                            request -> request.functionName("raw")
                                    .payload(SdkBytes.fromUtf8String("{\"do\":\"stream\",\"value\":\"" + SIZE + "\"}")),
                            InvokeWithResponseStreamResponseHandler.builder()
                                    .onEventStream(events -> events.subscribe(reader))
                                    .build());
            assertThat(reader.first.await(60, TimeUnit.SECONDS)).isTrue();
            reader.subscription.cancel();

            // The same sandbox, once it has finished: its counter says that it was not started again.
            while (!InvocationTest.payload(functions.invoke("{\"do\":\"pid\"}")).endsWith(" 2\"")) {
                Thread.sleep(100);
            }
        }
    }
}
