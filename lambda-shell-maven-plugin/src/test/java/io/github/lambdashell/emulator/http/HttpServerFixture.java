package io.github.lambdashell.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server with a handler that a test may choose, and a client of it. Each test's connections must leave no buffers. */
@Timeout(60)
abstract class HttpServerFixture {
    private static final HttpServer.Handler ECHO =
            exchange -> exchange.respond(200, Map.of(), exchange.body().readAllBytes());

    volatile HttpServer.Handler handler = ECHO;
    final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);
    HttpServer server;
    RawClient client;

    @BeforeEach
    void start() throws Exception {
        server = new HttpServer(exchange -> handler.handle(exchange), 100, Duration.ofSeconds(30), memory);
        client = new RawClient(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        // Every test's connections give back what they held, however they ended. One look decides: a server that reads
        // how its client hung up holds a buffer for that moment.
        long held = heldBytes();
        for (int i = 0; i < 400 && held > 0; i++) {
            Thread.sleep(10);
            held = heldBytes();
        }
        server.close();
        assertThat(held).as("bytes of buffers that nobody gave back").isZero();
    }

    private long heldBytes() {
        return memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
    }

    static String put(String path, String body) {
        return "PUT " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Makes the handler read the whole body, and tells what came of that: the bytes, or the exception. */
    final BlockingQueue<Object> outcomeOfBody() {
        BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
        handler = exchange -> {
            try {
                outcome.add(exchange.body().readAllBytes());
            } catch (IOException e) {
                outcome.add(e);
                throw e;
            }
        };
        return outcome;
    }

    /** Waits within a handler. */
    static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
