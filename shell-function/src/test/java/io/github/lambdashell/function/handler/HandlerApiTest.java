package io.github.lambdashell.function.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.lambdashell.function.process.OutputSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Runtime API of the project's handler, with runtimes that behave in other ways than AWS's client does. */
@Timeout(60)
class HandlerApiTest {
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(10);
    private static final String RUNTIME = "/2018-06-01/runtime/";

    private final ByteArrayOutputStream response = new ByteArrayOutputStream();
    private HandlerApi api;

    @BeforeEach
    void open() throws IOException {
        api = new HandlerApi((remotePort, localPort) -> 1, null, null);
    }

    @AfterEach
    void close() throws IOException {
        api.close();
    }

    private static long deadline() {
        return System.nanoTime() + LIMIT;
    }

    private PendingEvent event() {
        HandlerEvent event = new HandlerEvent("{}".getBytes(StandardCharsets.UTF_8), null, null, 0, 1);
        return new PendingEvent(event, System.currentTimeMillis() + 10_000, null, new OutputSink() {
            @Override
            public void output(int channel, byte[] bytes, int length) {
                response.write(bytes, 0, length);
            }

            @Override
            public void idle() {}
        });
    }

    private Socket connect() throws IOException {
        String[] parts = api.address().split(":");
        return new Socket(parts[0], Integer.parseInt(parts[1]));
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Reads the head of a response and its body. */
    private static String receive(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return head.toString();
            }
            head.append((char) c);
        }
        int length = Integer.parseInt(head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Asks for an event that is offered then, and returns its request ID. */
    private String next(Socket socket) throws Exception {
        send(socket, "GET " + RUNTIME + "invocation/next HTTP/1.1\n\n");
        assertThat(api.awaitInitialized(deadline(), null)).isTrue();
        api.offer(event());
        String head = receive(socket);
        assertThat(head).startsWith("HTTP/1.1 200 OK").endsWith("{}");
        return head.replaceAll("(?s).*Request-Id: (\\S+).*", "$1");
    }

    private void answer(Socket socket, String id, String fieldsAndBody) throws IOException {
        send(socket, "POST " + RUNTIME + "invocation/" + id + "/response HTTP/1.1\n" + fieldsAndBody);
    }

    private HandlerError failureAfter(Socket socket) throws Exception {
        assertThat(receive(socket)).startsWith("HTTP/1.1 202");
        send(socket, "GET " + RUNTIME + "invocation/next HTTP/1.1\n\n");
        assertThat(api.awaitAnswer(deadline(), null)).isTrue();
        return api.failure();
    }

    @Test
    void aStreamedResponsePassesThroughWhileItComes() throws Exception {
        try (Socket socket = connect()) {
            answer(
                    socket,
                    next(socket),
                    "Lambda-Runtime-Function-Response-Mode: streaming\nTransfer-Encoding: chunked\n\n5\nfirst\n");
            while (!response.toString(StandardCharsets.UTF_8).equals("first")) {
                Thread.sleep(1);
            }
            send(socket, "7\n second\n0\n\n");
            assertThat(failureAfter(socket)).isNull();
            assertThat(response).hasToString("first second");
        }
    }

    @Test
    void anErrorInTheTrailersOfAStreamFailsTheInvocation() throws Exception {
        String body = Base64.getEncoder()
                .encodeToString(
                        "{\"errorType\":\"Late\",\"errorMessage\":\"too bad\"}".getBytes(StandardCharsets.UTF_8));
        try (Socket socket = connect()) {
            answer(
                    socket,
                    next(socket),
                    "Lambda-Runtime-Function-Response-Mode: streaming\nTransfer-Encoding: chunked\n\n4\npart\n0\n"
                            + "Lambda-Runtime-Function-Error-Type: Late\nLambda-Runtime-Function-Error-Body: " + body
                            + "\n\n");
            assertThat(failureAfter(socket).members(1))
                    .containsEntry("type", "Late")
                    .containsEntry("message", "too bad");
            assertThat(response).hasToString("part");
        }
    }

    @Test
    void aChunkedResponseThatIsNotStreamedHasTheLimitOfOthers() throws Exception {
        String chunk =
                Integer.toHexString(HandlerApi.MAX_RESPONSE + 1) + "\n" + "x".repeat(HandlerApi.MAX_RESPONSE + 1);
        try (Socket socket = connect()) {
            answer(socket, next(socket), "Transfer-Encoding: chunked\n\n" + chunk + "\n0\n\n");
            assertThat(receive(socket)).startsWith("HTTP/1.1 413").contains("RequestEntityTooLarge");
            assertThat(response.size()).isZero();
        }
    }

    @Test
    void aRuntimeThatWaitsForContinueIsAnswered() throws Exception {
        try (Socket socket = connect()) {
            answer(socket, next(socket), "Expect: 100-continue\nContent-Length: 4\n\n");
            assertThat(new String(socket.getInputStream().readNBytes(25), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            send(socket, "done");
            assertThat(failureAfter(socket)).isNull();
            assertThat(response).hasToString("done");
        }
    }

    @Test
    void anErrorWithAStackTraceInItsHeaderIsRead() throws Exception {
        try (Socket socket = connect()) {
            String id = next(socket);
            send(
                    socket,
                    "POST " + RUNTIME + "invocation/" + id
                            + "/error HTTP/1.1\nLambda-Runtime-Function-XRay-Error-Cause: " + "x".repeat(1 << 20)
                            + "\nContent-Length: 19\n\n{\"errorType\":\"Big\"}");
            send(socket, "");
            assertThat(failureAfter(socket).members(1)).containsEntry("type", "Big");
        }
    }

    @Test
    void answersToOtherInvocationsAndUnknownOperationsAreRefused() throws Exception {
        try (Socket socket = connect()) {
            next(socket);
            answer(socket, "other", "Content-Length: 2\n\n{}");
            assertThat(receive(socket)).startsWith("HTTP/1.1 403").contains("InvalidRequestID");
            send(socket, "GET /nothing HTTP/1.1\n\n");
            assertThat(receive(socket)).startsWith("HTTP/1.1 404");
            send(socket, "GET " + RUNTIME + "invocation/next HTTP/1.1\n\n");
            assertThat(receive(socket)).startsWith("HTTP/1.1 403").contains("InvalidStateTransition");
        }
    }

    @Test
    void aConnectionThatWasLeftWaitingMakesPlaceForTheNext() throws Exception {
        try (Socket left = connect();
                Socket socket = connect()) {
            send(left, "GET " + RUNTIME + "invocation/next HTTP/1.1\n\n");
            assertThat(api.awaitInitialized(deadline(), null)).isTrue();
            send(socket, "GET " + RUNTIME + "invocation/next HTTP/1.1\n\n");
            assertThat(receive(left)).isEmpty();
            api.offer(event());
            assertThat(receive(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aStrangerIsNotServed() throws Exception {
        api.close();
        api = new HandlerApi((remotePort, localPort) -> 0, null, null);
        try (Socket socket = connect()) {
            send(socket, "GET " + RUNTIME + "invocation/next HTTP/1.1\n\n");
            assertThat(receive(socket)).isEmpty();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void whatIsNotHttpEndsTheConnection() throws Exception {
        for (String garbage :
                new String[] {"\n", "x\n\n", "GET / HTTP/1.1\nno colon\n\n", "POST / HTTP/1.1\nContent-Length: x\n\n"
                }) {
            try (Socket socket = connect()) {
                send(socket, garbage);
                assertThat(receive(socket)).as(garbage).isEmpty();
            }
        }
    }

    @Test
    void requestsOfExtensionsReachLambda() throws Exception {
        HttpServer lambda = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        lambda.createContext("/2020-01-01/extension/register", exchange -> {
            String name = exchange.getRequestHeaders().getFirst("Lambda-Extension-Name");
            exchange.getResponseHeaders().set("Lambda-Extension-Identifier", "id of " + name);
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        lambda.start();
        api.close();
        api = new HandlerApi(
                (remotePort, localPort) -> 1, "127.0.0.1:" + lambda.getAddress().getPort(), null);
        try (Socket socket = connect()) {
            send(
                    socket,
                    "POST /2020-01-01/extension/register HTTP/1.1\nLambda-Extension-Name: mine\nContent-Length: 2\n\n{}");
            assertThat(receive(socket).toLowerCase(Locale.ROOT))
                    .startsWith("http/1.1 200")
                    .contains("lambda-extension-identifier: id of mine")
                    .endsWith("{}");
        } finally {
            lambda.stop(0);
        }
    }
}
