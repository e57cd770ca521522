package io.github.lambdashell.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not HTTP, or too much of it. */
class MalformedHttpTest extends HttpServerFixture {
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
        BlockingQueue<Object> outcome = outcomeOfBody();
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nnonsense\r\n");
        assertThat(outcome.poll(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        assertThat(client.isClosed()).isTrue();
    }
}
