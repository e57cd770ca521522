package io.github.lambdashell.target.local.runtimeapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a runtime says that doesn't keep to HTTP or to the Runtime API: it is told, and the caller is. */
@Timeout(60)
class MalformedAnswersTest {
    private static final String STREAMED =
            "Transfer-Encoding: chunked\r\n" + "Lambda-Runtime-Function-Response-Mode: streaming\r\n\r\n4\r\nhalf\r\n";

    private final RuntimeApiServer server = new RuntimeApiServer();
    private final CompletableFuture<Failure> initialization = new CompletableFuture<>();
    private RuntimeApi api;
    private Socket runtime;

    @BeforeEach
    void connect() throws IOException {
        api = server.open(new RuntimeApi.Listener() {
            @Override
            public void idle() {}

            @Override
            public void initializationFailed(Failure failure) {
                initialization.complete(failure);
            }
        });
        runtime = new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(api.address().split(":")[1]));
        runtime.setSoTimeout(20_000);
    }

    @AfterEach
    void close() throws IOException {
        runtime.close();
        api.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n",
                "-1\r\n",
                "ffffffffffffffff\r\n",
                "0\r\n: nameless\r\n\r\n",
                "0\r\nLambda-Runtime-Function-Error-Type: a\u0000b\r\n\r\n"
            })
    void aStreamThatBreaksItsFramingIsNotWhole(String rest) throws Exception {
        Invocation invocation = invoke(Optional.empty());
        send("POST", "invocation/id/response", STREAMED + rest);

        assertThat(answerUntilClosed()).startsWith("HTTP/1.1 400 ");
        assertThat(end(invocation))
                .hasValueSatisfying(failure -> assertThat(failure.type()).isEqualTo("Runtime.TruncatedResponse"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Na\u0001me: x\r\nContent-Length: 1\r\n\r\n1",
                "Content-Length: 1\r\nContent-Length: 2\r\n\r\n1",
                "Content-Length: many\r\n\r\n1",
                ": x\r\n\r\n"
            })
    void aMalformedRequestIsAnswered(String headers) throws Exception {
        invoke(Optional.empty());
        send("POST", "invocation/id/response", headers);

        assertThat(answerUntilClosed()).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aResponseInAModeThatThereIsntFailsTheInvocation() throws Exception {
        Invocation invocation = invoke(Optional.empty());
        send(
                "POST",
                "invocation/id/response",
                "Lambda-Runtime-Function-Response-Mode: whispering\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(answer()).startsWith("HTTP/1.1 400 ").contains("InvalidFunctionResponseMode");
        assertThat(end(invocation)).hasValueSatisfying(failure -> assertThat(failure.type())
                .isEqualTo("Runtime.InvalidResponseModeHeader"));
    }

    @Test
    void aReportOfAnErrorThatIsCutOffIsTold() throws Exception {
        Invocation invocation = invoke(Optional.empty());
        send("POST", "invocation/id/error", "Content-Length: 100\r\n\r\n{\"errorMes");
        runtime.close();

        assertThat(end(invocation)).hasValueSatisfying(failure -> assertThat(failure.payload())
                .asString(UTF_8)
                .contains("Runtime.TruncatedResponse")
                .contains("before its report of an error did"));
    }

    @Test
    void aReportOfAnErrorMayBeAsLargeAsAResponse() throws Exception {
        Invocation first = invoke(Optional.empty());
        report(Failure.BUFFERED_LIMIT);
        assertThat(answer()).startsWith("HTTP/1.1 202 ");
        assertThat(end(first).orElseThrow().payload()).hasSize(Failure.BUFFERED_LIMIT);

        Invocation second = invoke(Optional.empty());
        report(Failure.BUFFERED_LIMIT + 1);
        assertThat(answer()).startsWith("HTTP/1.1 413 ");
        assertThat(end(second).orElseThrow().type()).isEqualTo("Function.ResponseSizeTooLarge");
    }

    private void report(int bytes) throws IOException {
        send("POST", "invocation/id/error", "Content-Length: " + bytes + "\r\n\r\n");
        runtime.getOutputStream().write(new byte[bytes]);
    }

    @Test
    void aStartThatSucceededHasNotFailed() throws Exception {
        Invocation invocation = invoke(Optional.empty());
        send("POST", "init/error", "Content-Length: 2\r\n\r\n{}");

        assertThat(answer()).startsWith("HTTP/1.1 403 ").contains("InvalidStateTransition");
        assertThat(initialization).isNotDone();
        send("POST", "invocation/id/response", "Content-Length: 2\r\n\r\n{}");
        assertThat(answer()).startsWith("HTTP/1.1 202 ");
        assertThat(end(invocation)).isEmpty();
    }

    @Test
    void aClientContextOfSeveralLinesComesOnOne() throws Exception {
        String header = ask(Optional.of("\r\n{\"a\":\r\n\"\u00e9\u4e2d\u007f\"}\n"));

        assertThat(new String(header.getBytes(ISO_8859_1), UTF_8))
                .containsIgnoringCase("\r\nlambda-runtime-client-context:   {\"a\":  \"\u00e9\u4e2d\u007f\"} \r\n");
    }

    private Invocation invoke(Optional<String> clientContext) throws IOException {
        Invocation invocation = new Invocation("id", "arn", new byte[0], clientContext, Instant.now());
        api.offer(invocation);
        send("GET", "invocation/next", "\r\n");
        assertThat(answer()).startsWith("HTTP/1.1 200 ");
        return invocation;
    }

    private String ask(Optional<String> clientContext) throws IOException {
        api.offer(new Invocation("id", "arn", new byte[0], clientContext, Instant.now()));
        send("GET", "invocation/next", "\r\n");
        return answer();
    }

    private void send(String method, String path, String rest) throws IOException {
        String head = method + " /2018-06-01/runtime/" + path + " HTTP/1.1\r\nHost: x\r\n";
        runtime.getOutputStream().write((head + rest).getBytes(ISO_8859_1));
    }

    /** Why the invocation failed; empty when it didn't. */
    private static Optional<Failure> end(Invocation invocation) throws InterruptedException {
        while (true) {
            if (invocation.response().take() instanceof Response.End end) {
                return end.failure();
            }
        }
    }

    /** The head of one answer with its body. */
    private String answer() throws IOException {
        InputStream in = runtime.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            assertThat(next).as("closed after " + head).isNotNegative();
            head.write(next);
        }
        String text = head.toString(ISO_8859_1);
        int length = Integer.parseInt(text.replaceFirst("(?is).*content-length: (\\d+).*", "$1"));
        return text + new String(in.readNBytes(length), ISO_8859_1);
    }

    private String answerUntilClosed() throws IOException {
        String answer = answer();
        try {
            assertThat(runtime.getInputStream().read()).isNegative();
        } catch (SocketException e) {
            // Reset: it had sent more than was read.
            assertThat(e).hasMessageContaining("reset");
        }
        return answer;
    }
}
