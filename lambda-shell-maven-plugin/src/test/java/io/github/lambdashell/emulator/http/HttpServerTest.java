package io.github.lambdashell.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.lambdashell.emulator.http.RawClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How requests become exchanges, and whom the server serves for how long. */
class HttpServerTest extends HttpServerFixture {
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
    void closingDoesNotWaitForConnectionsOrHandlers() {
        handler = exchange -> {
            await(new CountDownLatch(1));
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
