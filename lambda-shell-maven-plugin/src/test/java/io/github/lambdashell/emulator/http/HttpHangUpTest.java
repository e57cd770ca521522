package io.github.lambdashell.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that go, or say no more, before they have their answer. */
class HttpHangUpTest extends HttpServerFixture {
    @Test
    void aClientThatGoesEndsTheReadOfItsBody() throws Exception {
        BlockingQueue<Object> outcome = outcomeOfBody();
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
        client.close();
        assertThat(outcome.poll(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    @Test
    void aConnectionThatBreaksBeforeItsAnswerLeavesNoBuffers() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        handler = exchange -> {
            exchange.body().read();
            arrived.countDown();
            await(proceed);
            exchange.respond(200, Map.of(), new byte[0]);
        };
        client.send(put("/", "x".repeat(100_000)));
        arrived.await();
        client.reset();
        Thread.sleep(100);
        proceed.countDown();
        // The rest is seen by stop().
    }

    @Test
    void aConnectionThatBreaksWithinItsBodyLeavesNoBuffers() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        handler = exchange -> {
            exchange.body().read();
            arrived.countDown();
            throw new IOException("no more of it is wanted");
        };
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(100_000));
        arrived.await();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aClientThatOnlyEndsItsOutputIsAnswered() throws Exception {
        for (String request : new String[] {
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            put("/", "a body"),
            "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        }) {
            try (RawClient half = new RawClient(server.port())) {
                half.send(request).endOutput();
                assertThat(half.answer().status()).isEqualTo(200);
                assertThat(half.isClosed()).isTrue();
            }
        }
    }

    @Test
    void aClientThatOnlyEndsItsOutputMayWaitForItsAnswer() throws Exception {
        handler = exchange -> {
            byte[] body = exchange.body().readAllBytes();
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.respond(200, Map.of(), body);
        };
        client.send(put("/", "one") + put("/", "two")).endOutput();
        assertThat(client.answer().text()).isEqualTo("one");
        assertThat(client.answer().text()).isEqualTo("two");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aBodyThatItsSenderCutsShortIsNotTakenForWhole() throws Exception {
        BlockingQueue<Object> outcome = outcomeOfBody();
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
                .endOutput();
        assertThat(outcome.poll(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aRefusedBodyThatItsSenderCutsShortEndsTheConnection() throws Exception {
        handler = exchange -> exchange.respond(403, Map.of(), new byte[0]);
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
        assertThat(client.answer().status()).isEqualTo(403);
        client.endOutput();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aConnectionWithoutARequestIsClosedWhenItsClientEndsItsOutput() throws Exception {
        client.endOutput();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aClientThatGoesEndsTheWriteOfItsAnswer() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        handler = exchange -> {
            try {
                OutputStream out = exchange.respondStreaming(200, Map.of(), -1);
                while (true) {
                    out.write(new byte[1 << 16]);
                }
            } catch (IOException e) {
                failed.countDown();
                throw e;
            }
        };
        client.send(put("/", ""));
        client.line();
        client.reset();
        assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
