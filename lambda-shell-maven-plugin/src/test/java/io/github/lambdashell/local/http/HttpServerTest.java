package io.github.lambdashell.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.lambdashell.local.http.RawClient.Answer;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpServerTest {
    private static final HttpServer.Handler ECHO =
            exchange -> exchange.respond(200, Map.of(), exchange.body().readAllBytes());

    private volatile HttpServer.Handler handler = ECHO;
    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);
    private HttpServer server;
    private RawClient client;

    @BeforeEach
    void start() throws Exception {
        server = new HttpServer(exchange -> handler.handle(exchange), 100, Duration.ofSeconds(30), memory);
        client = new RawClient(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        // Every test's connections give back what they held, however they ended.
        for (int i = 0; i < 400 && heldBytes() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(heldBytes()).as("bytes of buffers that nobody gave back").isZero();
        server.close();
    }

    private long heldBytes() {
        return memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
    }

    private static String put(String path, String body) {
        return "PUT " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void aConnectionServesOneRequestAfterTheOther() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(client.send(put("/", "body " + i)).answer().text()).isEqualTo("body " + i);
        }
    }

    /** Maven closes the plugin's class loader after the goal: a thread that ends later finds its classes gone. */
    @Test
    void itsThreadsHaveEndedWhenItIsClosed() throws Exception {
        client.send(put("/", "a")).answer();
        assertThat(ioThreads()).isNotEmpty();
        server.close();
        // They have freed what they held; the system may take a moment longer to end them.
        for (int i = 0; i < 400 && !ioThreads().isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertThat(ioThreads()).isEmpty();
    }

    private static List<String> ioThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("lshell-endpoint-io"))
                .toList();
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInTheirOrder() throws Exception {
        client.send(put("/", "one") + put("/", "two") + "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n" + put("/", "three"));
        assertThat(client.answer().text()).isEqualTo("one");
        assertThat(client.answer().text()).isEqualTo("two");
        assertThat(client.answer(true).status()).isEqualTo(200);
        assertThat(client.answer().text()).isEqualTo("three");
    }

    @Test
    void everyAnswerHasAnIdAndADate() throws Exception {
        Answer answer = client.send(put("/", "")).answer();
        assertThat(answer.headers().get("x-amzn-requestid")).hasSize(36);
        assertThat(answer.headers().get("date")).endsWith("GMT");
        assertThat(answer.headers()).containsEntry("content-length", "0");
    }

    @Test
    void whatTheTargetHoldsIsDecodedOnce() throws Exception {
        handler = exchange -> exchange.respond(
                200, Map.of(), (exchange.path() + " " + exchange.query()).getBytes(StandardCharsets.UTF_8));
        client.send("GET /a%2Fb/../c%20d+e//%c3%a9?x=1+2%2B3&y&x=%26&=z HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.answer().text()).isEqualTo("/a/b/../c d+e//é {x=[1 2+3, &], y=[], =[z]}");
    }

    @Test
    void aChunkedBodyIsDecoded() throws Exception {
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.send("3\r\nabc\r\n").send("2;x=y\r\nde\r\n").send("0\r\nTrailer: ignored\r\n\r\n");
        assertThat(client.answer().text()).isEqualTo("abcde");
        assertThat(client.send(put("/", "next")).answer().text()).isEqualTo("next");
    }

    @Test
    void aClientThatWaitsIsToldToGoOnWhenItsBodyIsWanted() throws Exception {
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(100);
        assertThat(client.send("abc").answer().text()).isEqualTo("abc");
        assertThat(client.send(put("/", "next")).answer().text()).isEqualTo("next");
    }

    @Test
    void aClientThatWaitsIsRefusedWithoutItsBody() throws Exception {
        handler = exchange -> exchange.respond(403, Map.of(), new byte[0]);
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aBodyThatNobodyReadIsPassedOver() throws Exception {
        handler = exchange -> exchange.respond(200, Map.of(), exchange.path().getBytes(StandardCharsets.UTF_8));
        client.send(put("/one", "x".repeat(1_000_000)) + put("/two", ""));
        assertThat(client.answer().text()).isEqualTo("/one");
        assertThat(client.answer().text()).isEqualTo("/two");
    }

    @Test
    void partsAreOnTheirWayAtEachFlush() throws Exception {
        BlockingQueue<String> parts = new LinkedBlockingQueue<>();
        handler = exchange -> {
            OutputStream out = exchange.respondStreaming(200, Map.of(), -1);
            try {
                for (String part = parts.take(); !part.isEmpty(); part = parts.take()) {
                    out.write(part.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            out.close();
        };
        client.send(put("/", ""));
        parts.add("first");
        assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
        while (!client.line().isEmpty()) {
            // The rest of the head.
        }
        assertThat(client.chunk()).asString().isEqualTo("first");
        parts.add("second");
        assertThat(client.chunk()).asString().isEqualTo("second");
        parts.add("");
        assertThat(client.chunk()).isEmpty();
    }

    @Test
    void anAnswerWithoutItsEndBreaksTheConnection() throws Exception {
        handler = exchange -> {
            OutputStream out = exchange.respondStreaming(200, Map.of(), -1);
            out.write(new byte[10]);
            out.flush();
            throw new IOException("something went wrong half-way");
        };
        client.send(put("/", ""));
        assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerThatIsShorterThanAnnouncedBreaksTheConnection() throws Exception {
        handler = exchange -> {
            OutputStream out = exchange.respondStreaming(200, Map.of(), 10);
            out.write(new byte[9]);
            out.close();
        };
        client.send(put("/", ""));
        assertThatThrownBy(client::answer).isInstanceOf(EOFException.class);
    }

    @Test
    void aHandlerThatAnswersNothingBreaksTheConnection() throws Exception {
        handler = exchange -> {};
        client.send(put("/", ""));
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aSlowReaderSlowsTheWriter() throws Exception {
        AtomicLong written = new AtomicLong();
        handler = exchange -> {
            OutputStream out = exchange.respondStreaming(200, Map.of(), -1);
            byte[] part = new byte[64 * 1024];
            for (int i = 0; i < 4000; i++) {
                out.write(part);
                written.addAndGet(part.length);
            }
            out.close();
        };
        client.send(put("/", ""));
        long before = -1;
        while (written.get() != before) {
            before = written.get();
            Thread.sleep(300);
        }
        // What the socket's buffers hold is beyond the server's power; 250 MB they don't hold.
        assertThat(before).isLessThan(64L << 20);
        assertThat(client.answer().body()).hasSize(4000 * 64 * 1024);
    }

    @Test
    void aSlowServiceSlowsTheSender() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        handler = exchange -> {
            try {
                proceed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            long count = exchange.body().transferTo(OutputStream.nullOutputStream());
            exchange.respond(200, Map.of(), Long.toString(count).getBytes(StandardCharsets.UTF_8));
        };
        int size = 256 << 20;
        AtomicLong sent = new AtomicLong();
        Thread sender = new Thread(() -> {
            try {
                client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: " + size + "\r\n\r\n");
                for (int i = 0; i < size >> 16; i++) {
                    client.send(new byte[1 << 16]);
                    sent.addAndGet(1 << 16);
                }
            } catch (IOException e) {
                // Seen by the assertions below.
            }
        });
        sender.start();
        long before = -1;
        while (sent.get() != before) {
            before = sent.get();
            Thread.sleep(300);
        }
        assertThat(before).isLessThan(64L << 20);
        proceed.countDown();
        assertThat(client.answer().text()).isEqualTo(Integer.toString(size));
        sender.join();
    }

    @Test
    void aClientThatGoesEndsTheReadOfItsBody() throws Exception {
        BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
        handler = exchange -> {
            try (InputStream body = exchange.body()) {
                outcome.add(body.readAllBytes());
            } catch (IOException e) {
                outcome.add(e);
                throw e;
            }
        };
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
            try {
                proceed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
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
        BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
        handler = exchange -> {
            try {
                outcome.add(exchange.body().readAllBytes());
            } catch (IOException e) {
                outcome.add(e);
                throw e;
            }
        };
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "GET / HTTP/9.x\r\n\r\n",
                "GET x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://other/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%c3 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /?%f0%28%8c%28 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nA\u0000b: c\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 2\r\n\r\nab",
                "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\nab",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"
            })
    void whatIsNotHttpIsAnsweredWith400AndTheServerGoesOn(String request) throws Exception {
        client.send(request);
        assertThat(client.answer().status()).isEqualTo(400);
        assertThat(client.isClosed()).isTrue();
        try (RawClient next = new RawClient(server.port())) {
            assertThat(next.send(put("/", "fine")).answer().text()).isEqualTo("fine");
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws Exception {
        client.send("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(414);
        try (RawClient next = new RawClient(server.port())) {
            next.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(70_000) + "\r\n\r\n");
            assertThat(next.answer().status()).isEqualTo(431);
        }
    }

    @Test
    void aBodyThatBreaksHalfWayIsNotTakenForWhole() throws Exception {
        BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
        handler = exchange -> {
            try {
                outcome.add(exchange.body().readAllBytes());
            } catch (IOException e) {
                outcome.add(e);
                throw e;
            }
        };
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nnonsense\r\n");
        assertThat(outcome.poll(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void closingDoesNotWaitForConnectionsOrHandlers() {
        handler = exchange -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            client.send(put("/", ""));
            server.close();
            assertThat(client.isClosed()).isTrue();
        });
    }

    @Test
    void anAnswerThatIsWrittenWhileTheServerClosesIsNoFaultOfAnybody() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        handler = exchange -> {
            OutputStream out = exchange.respondStreaming(200, Map.of(), -1);
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                // As one that has an answer at just that moment.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
            try {
                out.close();
            } finally {
                ended.countDown();
            }
        };
        PrintStream stderr = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true));
        try {
            client.send(put("/", ""));
            begun.await();
            server.close();
            ended.await();
        } finally {
            System.setErr(stderr);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aConnectionThatNobodyVouchesForIsClosedInTheEnd() throws Exception {
        try (HttpServer impatient = new HttpServer(
                        exchange -> {
                            if (exchange.path().equals("/trusted")) {
                                exchange.trust();
                            }
                            exchange.respond(200, Map.of(), new byte[0]);
                        },
                        2,
                        Duration.ofMillis(500),
                        memory);
                RawClient trusted = new RawClient(impatient.port());
                RawClient other = new RawClient(impatient.port())) {
            trusted.send(put("/trusted", "")).answer();
            other.send(put("/", "")).answer();
            try (RawClient tooMany = new RawClient(impatient.port())) {
                assertThat(tooMany.isClosed()).isTrue();
            }
            assertThat(other.isClosed()).isTrue();
            assertThat(trusted.send(put("/", "")).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void onlyThisMachineIsServed() throws Exception {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, server.port()).close())
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }
}
