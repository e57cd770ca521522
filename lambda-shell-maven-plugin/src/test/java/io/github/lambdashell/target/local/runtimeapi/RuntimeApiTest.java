package io.github.lambdashell.target.local.runtimeapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.target.local.runtimeapi.RuntimeApi.End;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Runtime API with the test as the runtime, also as one that violates HTTP or the Runtime API. */
@Timeout(60)
class RuntimeApiTest {
    private static final String STREAMED =
            "Transfer-Encoding: chunked\r\nLambda-Runtime-Function-Response-Mode: streaming\r\n\r\n4\r\nhalf\r\n";
    private static final String JSON = "Content-Length: 2\r\n\r\n{}";
    private static final String NEXT = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n";

    private final ExecutorService invoker = Executors.newSingleThreadExecutor();
    private final CompletableFuture<Thread> serving = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private RuntimeApi api;
    private Connection runtime;

    @BeforeEach
    void open() throws IOException {
        api = new RuntimeApi((peer, local) -> true, Extensions.NONE);
        runtime = new Connection();
    }

    @AfterEach
    void close() throws IOException {
        runtime.close();
        invoker.shutdownNow();
        api.close();
    }

    /** A connection of the runtime. */
    private final class Connection implements AutoCloseable {
        final Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(api.address().split(":")[1]));

        Connection() throws IOException {
            socket.setSoTimeout(20_000);
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        }

        void post(String path, String rest) throws IOException {
            send("POST /2018-06-01/runtime/" + path + " HTTP/1.1\r\nHost: x\r\n" + rest);
        }

        /** Returns the head of an answer with its body. */
        String answer() throws IOException {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                assertThat(next).as("closed after " + head).isNotNegative();
                head.write(next);
            }
            String text = head.toString(ISO_8859_1);
            int length = text.contains("Content-Length")
                    ? Integer.parseInt(text.replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"))
                    : 0;
            return text + new String(in.readNBytes(length), ISO_8859_1);
        }

        void assertClosed() throws IOException {
            try {
                assertThat(socket.getInputStream().read()).isNegative();
            } catch (SocketException e) {
                // It had sent more than was read.
                assertThat(e).hasMessageContaining("reset");
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Future<End> serve(Callable serving) {
        return invoker.submit(() -> {
            this.serving.complete(Thread.currentThread());
            return serving.call();
        });
    }

    private interface Callable {
        End call() throws InterruptedException;
    }

    private Future<End> initialize() {
        return serve(() -> api.initialize(Duration.ofSeconds(30)));
    }

    private Future<End> invoke(Optional<String> clientContext) {
        InvocationRequest request = new InvocationRequest("id", "arn", "{\"event\":1}".getBytes(UTF_8), clientContext);
        return serve(() -> api.invoke(request, Instant.now(), new ResponseSink() {
            @Override
            public void start(String contentType) {}

            @Override
            public void write(byte[] bytes) {
                received.writeBytes(bytes);
            }
        }));
    }

    /** Begins an invocation whose event the runtime has taken. */
    private Future<End> invoke() throws IOException {
        Future<End> invocation = invoke(Optional.empty());
        runtime.send(NEXT);
        assertThat(runtime.answer()).startsWith("HTTP/1.1 200 ").endsWith("{\"event\":1}");
        return invocation;
    }

    /** Answers on a connection and asks for the next event. */
    private static void finish(Connection connection, Future<End> invocation) throws Exception {
        connection.post("invocation/id/response", JSON);
        assertThat(connection.answer()).startsWith("HTTP/1.1 202 ").endsWith("{\"status\":\"OK\"}\n");
        next(connection, invocation);
    }

    private static void next(Connection connection, Future<End> invocation) throws Exception {
        connection.send(NEXT);
        assertThat(invocation.get()).isEqualTo(End.IDLE);
    }

    private String failure() {
        return api.failure().orElseThrow().type();
    }

    @Test
    void aRuntimeIsInitializedWhenItAsksForItsFirstEvent() throws Exception {
        next(runtime, initialize());

        Future<End> invocation = invoke(Optional.empty());
        assertThat(runtime.answer()).contains("Lambda-Runtime-Aws-Request-Id: id\r\n");
        finish(runtime, invocation);
        assertThat(api.isAnswered()).isTrue();
        assertThat(api.failure()).isEmpty();
        assertThat(received).hasToString("{}");
    }

    @Test
    void aRequestBetweenInvocationsWaitsForTheNextOne() throws Exception {
        next(runtime, initialize());
        try (Connection other = new Connection()) {
            other.post("invocation/old/response", JSON);

            Future<End> invocation = invoke(Optional.empty());

            assertThat(other.answer()).startsWith("HTTP/1.1 403 ").contains("InvalidRequestID");
            assertThat(runtime.answer()).startsWith("HTTP/1.1 200 ");
            finish(runtime, invocation);
        }
    }

    @Test
    void aRuntimeMayReplaceTheConnectionOnWhichItWaits() throws Exception {
        next(runtime, initialize());
        runtime.close();
        runtime = new Connection();

        finish(runtime, invoke());
    }

    @Test
    void aSecondRequestForTheNextEventIsRefusedWhileOneWaits() throws Exception {
        next(runtime, initialize());
        try (Connection second = new Connection()) {
            second.send(NEXT);

            Future<End> invocation = invoke(Optional.empty());

            assertThat(second.answer()).startsWith("HTTP/1.1 403 ").contains("InvalidStateTransition");
            assertThat(runtime.answer()).startsWith("HTTP/1.1 200 ");
            finish(runtime, invocation);
        }
    }

    @Test
    void theNextEventIsRefusedUntilTheCurrentOneIsAnswered() throws Exception {
        Future<End> invocation = invoke();
        runtime.send(NEXT);

        assertThat(runtime.answer()).startsWith("HTTP/1.1 403 ").contains("InvalidStateTransition");
        finish(runtime, invocation);
    }

    @Test
    void aRequestThatFollowsInTheSamePacketIsServed() throws Exception {
        Future<End> invocation = invoke();
        runtime.post("invocation/id/response", JSON + NEXT);

        assertThat(runtime.answer()).startsWith("HTTP/1.1 202 ");
        assertThat(invocation.get()).isEqualTo(End.IDLE);
    }

    @Test
    void aConnectionThatSaysNothingDoesNotHoldUpOthers() throws Exception {
        try (Connection silent = new Connection()) {
            assertThat(silent.socket.isConnected()).isTrue();
            finish(runtime, invoke());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n",
                "-1\r\n",
                "ffffffffffffffff\r\n",
                "0\r\n: nameless\r\n\r\n",
                "0\r\nLambda\u0001: x\r\n\r\n"
            })
    void aStreamWithBrokenFramingIsTruncated(String rest) throws Exception {
        Future<End> invocation = invoke();
        runtime.post("invocation/id/response", STREAMED + rest);

        assertThat(runtime.answer()).startsWith("HTTP/1.1 400 ");
        runtime.assertClosed();
        assertThat(invocation.get()).isEqualTo(End.TIME_LIMIT);
        assertThat(failure()).isEqualTo("Runtime.TruncatedResponse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4\r\nmo", "4\r\nmore\r\n", "0\r\n", "0\r\nName: value\r\n"})
    void aStreamThatEndsEarlyIsTruncated(String rest) throws Exception {
        Future<End> invocation = invoke();
        runtime.post("invocation/id/response", STREAMED + rest);
        runtime.close();

        assertThat(invocation.get()).isEqualTo(End.TIME_LIMIT);
        assertThat(failure()).isEqualTo("Runtime.TruncatedResponse");
        assertThat(received.toString(UTF_8)).startsWith("half");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Na\u0001me: x\r\nContent-Length: 1\r\n\r\n1",
                "Content-Length: 1\r\nContent-Length: 2\r\n\r\n1",
                "Content-Length: many\r\n\r\n1",
                ": x\r\n\r\n"
            })
    void aMalformedRequestIsRefused(String headers) throws Exception {
        invoke();
        runtime.post("invocation/id/response", headers);

        assertThat(runtime.answer()).startsWith("HTTP/1.1 400 ");
        runtime.assertClosed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000\r\n\r\n", "GET\r\n\r\n", "GET http://x:99999/ HTTP/1.1\r\n\r\n"})
    void aMalformedRequestLineIsRefused(String request) throws Exception {
        invoke();
        runtime.send(request);

        assertThat(runtime.answer()).startsWith("HTTP/1.1 400 ");
        runtime.assertClosed();
    }

    @Test
    void anUnknownResponseModeFailsTheInvocation() throws Exception {
        Future<End> invocation = invoke();
        runtime.post("invocation/id/response", "Lambda-Runtime-Function-Response-Mode: whispering\r\n" + JSON);

        assertThat(runtime.answer()).startsWith("HTTP/1.1 400 ").contains("InvalidFunctionResponseMode");
        next(runtime, invocation);
        assertThat(failure()).isEqualTo("Runtime.InvalidResponseModeHeader");
    }

    @Test
    void aReportOfAnErrorThatIsCutOffIsTruncated() throws Exception {
        Future<End> invocation = invoke();
        runtime.post("invocation/id/error", "Content-Length: 100\r\n\r\n{\"errorMes");
        runtime.close();

        assertThat(invocation.get()).isEqualTo(End.TIME_LIMIT);
        assertThat(api.failure().orElseThrow().payload())
                .asString(UTF_8)
                .contains("Runtime.TruncatedResponse")
                .contains("before its report of an error did");
    }

    @Test
    void aReportOfAnErrorMayBeAsLargeAsAResponse() throws Exception {
        Future<End> first = invoke();
        report(Failure.BUFFERED_LIMIT);
        assertThat(runtime.answer()).startsWith("HTTP/1.1 202 ");
        next(runtime, first);
        assertThat(api.failure().orElseThrow().payload()).hasSize(Failure.BUFFERED_LIMIT);

        Future<End> second = invoke(Optional.empty());
        assertThat(runtime.answer()).startsWith("HTTP/1.1 200 ");
        report(Failure.BUFFERED_LIMIT + 1);
        assertThat(runtime.answer()).startsWith("HTTP/1.1 413 ");
        next(runtime, second);
        assertThat(failure()).isEqualTo("Function.ResponseSizeTooLarge");
    }

    private void report(int bytes) throws IOException {
        runtime.post("invocation/id/error", "Content-Length: " + bytes + "\r\n\r\n");
        runtime.socket.getOutputStream().write(new byte[bytes]);
    }

    /** Node.js's runtime sends the error in a header, too. */
    @Test
    void aHeaderMayBeOneMegabyteLong() throws Exception {
        Future<End> invocation = invoke();
        runtime.post(
                "invocation/id/error",
                "Lambda-Runtime-Function-Error-Type: Oops\r\nLambda-Runtime-Function-XRay-Error-Cause: "
                        + "x".repeat(1024 * 1024) + "\r\n" + JSON);

        assertThat(runtime.answer()).startsWith("HTTP/1.1 202 ");
        next(runtime, invocation);
        assertThat(failure()).isEqualTo("Oops");
    }

    @Test
    void aClientThatExpectsToContinueGetsAnInterimResponse() throws Exception {
        Future<End> invocation = invoke();
        runtime.post("invocation/id/response", "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        assertThat(runtime.answer()).startsWith("HTTP/1.1 100 Continue");
        runtime.send("{}");

        assertThat(runtime.answer()).startsWith("HTTP/1.1 202 ");
        next(runtime, invocation);
        assertThat(received).hasToString("{}");
    }

    @Test
    void aReportOfAFailedStartIsRefusedAfterTheStart() throws Exception {
        Future<End> invocation = invoke();
        runtime.post("init/error", JSON);

        assertThat(runtime.answer()).startsWith("HTTP/1.1 403 ").contains("InvalidStateTransition");
        finish(runtime, invocation);
        assertThat(api.initFailure()).isEmpty();
        assertThat(api.failure()).isEmpty();
    }

    @Test
    void aClientContextOfSeveralLinesIsSentOnOne() throws Exception {
        invoke(Optional.of("\r\n{\"a\":\r\n\"\u00e9\u4e2d\u007f\"}\n"));
        runtime.send(NEXT);

        assertThat(new String(runtime.answer().getBytes(ISO_8859_1), UTF_8))
                .contains("\r\nLambda-Runtime-Client-Context:   {\"a\":  \"\u00e9\u4e2d\u007f\"} \r\n");
    }

    @Test
    void anAnswerThatWasSentBeforeTheProcessEndedCounts() throws Exception {
        Future<End> invocation = invoke();
        runtime.post("invocation/id/response", JSON);
        runtime.answer();
        runtime.post("invocation/id/error", JSON);
        api.processHasEnded();

        assertThat(invocation.get()).isEqualTo(End.PROCESS_ENDED);
        assertThat(api.failure()).isEmpty();
        assertThat(received).hasToString("{}");
    }

    @Test
    void theEndOfTheProcessEndsAnIncompleteResponse() throws Exception {
        Future<End> invocation = invoke();
        runtime.post("invocation/id/response", STREAMED);
        api.processHasEnded();

        assertThat(invocation.get()).isEqualTo(End.PROCESS_ENDED);
        assertThat(api.isTruncated()).isTrue();
        assertThat(received).hasToString("half");
    }

    @Test
    void anAbortEndsServingAtOnceAlsoWithinABody() throws Exception {
        Future<End> invocation = invoke();
        runtime.post("invocation/id/response", STREAMED);
        while (received.size() < 4) {
            Thread.sleep(1);
        }

        api.abort();

        assertThat(invocation.get(5, TimeUnit.SECONDS)).isEqualTo(End.ABORTED);
        assertThat(api.isAnswered()).isFalse();
    }

    @Test
    void closingEndsServing() throws Exception {
        Future<End> invocation = invoke();

        api.close();

        assertThat(invocation.get(5, TimeUnit.SECONDS)).isEqualTo(End.ABORTED);
    }

    @Test
    void anInterruptionEndsServing() throws Exception {
        Future<End> invocation = invoke();

        serving.get().interrupt();

        assertThatThrownBy(() -> invocation.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void aConnectionOfAnotherProcessIsClosed() throws Exception {
        api.close();
        int own = runtime.socket.getLocalPort();
        runtime.close();
        api = new RuntimeApi((peer, local) -> peer.getPort() != own, Extensions.NONE);
        runtime = new Connection();
        try (Socket foreign = new Socket(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(api.address().split(":")[1]),
                InetAddress.getLoopbackAddress(),
                own)) {
            Future<End> invocation = invoke(Optional.empty());

            foreign.getOutputStream().write(NEXT.getBytes(ISO_8859_1));
            assertThatThrownBy(() -> {
                        if (foreign.getInputStream().read() < 0) {
                            throw new SocketException("end of stream");
                        }
                    })
                    .isInstanceOf(SocketException.class);
            runtime.send(NEXT);
            assertThat(runtime.answer()).startsWith("HTTP/1.1 200 ");
            finish(runtime, invocation);
        }
    }
}
