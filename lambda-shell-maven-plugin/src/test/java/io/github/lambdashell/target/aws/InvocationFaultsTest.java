package io.github.lambdashell.target.aws;

import static io.github.lambdashell.fault.FaultyEndpoint.EVERY_CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.target.InvocationReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An invocation goes wrong, and its command has run once at most. */
class InvocationFaultsTest {
    private static final String STREAM = "InvokeWithResponseStream";

    @RegisterExtension
    private final Account account = new Account();

    private ShellFunction function;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void aGoodAnswerRunsTheCommandOnce() throws InterruptedException {
        assertThat(invoke().exitCode()).isZero();
        assertThat(output).hasToString("hello\n");
        assertRan(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFiguresAreReadFromALogInJson(boolean streams) throws IOException, InterruptedException {
        account.aws().lambda().logsJson();
        if (!streams) {
            Trouble.plainly(UnaryOperator.identity()).in(account);
        }

        InvocationReport report = invoke().report().orElseThrow();

        assertThat(report.billedDuration()).isEqualTo(Duration.ofMillis(11));
        assertThat(report.maxMemoryUsed()).isEqualTo(90);
        assertThat(report.line()).startsWith("REPORT RequestId: 1\tDuration: 10.00 ms\t");
    }

    @ParameterizedTest
    @MethodSource("emulators")
    void anAnswerThatAnEmulatorTookForTextSaysSoBeforeAnyOfItIsShown(String text, UnaryOperator<byte[]> emulator)
            throws IOException {
        Trouble.plainly(emulator).in(account);
        account.aws().lambda().writesInChunks(text);

        assertThatThrownBy(this::invoke)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("changed the bytes of the function's response")
                .hasMessageContaining("The command has run");
        assertThat(output).hasToString("");
        assertRan(1);
    }

    static Stream<Arguments> emulators() {
        UnaryOperator<byte[]> asUtf8 =
                answer -> new String(answer, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        UnaryOperator<byte[]> widened =
                answer -> new String(answer, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
        UnaryOperator<byte[]> asJson = answer -> JsonNodeFactory.instance
                .textNode(new String(answer, StandardCharsets.UTF_8))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        // What is in a frame's length decides where the bytes stop making sense.
        return Stream.of("x".repeat(128), "x".repeat(200), "x".repeat(66_000), "\u00e9t\u00e9".repeat(40))
                .flatMap(text -> Stream.of(asUtf8, widened, asJson).map(emulator -> Arguments.of(text, emulator)));
    }

    @Test
    void aPlainAnswerThatNeverWasAShellsIsNotBlamedOnTheEndpoint() throws IOException {
        Trouble.plainly(answer -> "\"Simple Lambda happy path OK\"".getBytes(StandardCharsets.UTF_8))
                .in(account);

        assertThatThrownBy(this::invoke).hasMessageContaining("is not a shell's response");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429|TooManyRequestsException|{\"Reason\":\"ConcurrentInvocationLimitExceeded\",\"message\":\"Rate\"}",
                "409|ResourceConflictException|{\"message\":\"The operation cannot be performed: Pending\"}",
                "502|EC2ThrottledException|{\"message\":\"EC2 throttled\"}",
                "403|InvalidSignatureException|{\"message\":\"Signature expired: 20260101T000000Z is now earlier\"}",
            })
    void aRefusalThatProvesThatNothingRanIsRepeated(int status, String code, String body) throws InterruptedException {
        account.endpoint().fault(STREAM, 1, Fault.answer(HttpAnswer.lambdaError(status, code, body)));

        assertThat(invoke().exitCode()).isZero();
        assertThat(account.endpoint().count(STREAM)).isEqualTo(2);
        assertRan(1);
    }

    @Test
    void lambdasOwnPauseIsKept() throws InterruptedException {
        account.endpoint()
                .fault(
                        STREAM,
                        1,
                        Fault.answer(HttpAnswer.lambdaError(429, "TooManyRequestsException", "{}")
                                .with("Retry-After", "1")));
        long start = System.nanoTime();

        invoke();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "429, TooManyRequestsException",
        "409, ResourceConflictException",
        "502, SubnetIPAddressLimitReachedException",
        "502, KMSAccessDeniedException",
        "413, RequestTooLargeException",
        "404, ResourceNotFoundException",
        "403, ExpiredTokenException"
    })
    void aRefusalLeavesNoDoubtThatNothingRan(int status, String code) {
        account.endpoint().fault(STREAM, EVERY_CALL, Fault.answer(HttpAnswer.lambdaError(status, code, "{}")));

        assertThatThrownBy(this::invoke).isInstanceOf(ShellException.class).hasMessageNotContaining("may have run");
        assertRan(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void anAnswerThatDoesNotTellWhetherTheCommandRanIsNotRepeated(int status) {
        account.endpoint().fault(STREAM, 1, (call, upstream, wire) -> {
            upstream.answer(call);
            Fault.answer(HttpAnswer.of(status, "application/json", "")).apply(call, upstream, wire);
        });

        assertThatThrownBy(this::invoke).hasMessageContaining("; the command may have run");
        assertRan(1);
    }

    @Test
    void aConnectionThatBreaksBeforeTheAnswerMayHaveRunTheCommand() {
        account.endpoint().fault(STREAM, 1, Fault.resetBeforeTheAnswer());

        assertThatThrownBy(this::invoke)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("no answer")
                .hasMessageContaining("; the command may have run")
                .hasMessageContaining("Check what it did before you run it again");
        assertRan(1);
    }

    @Test
    void aConnectionThatBreaksBeforeTheRequestArrivesIsNotTakenForProof() {
        account.endpoint().fault(STREAM, 1, Fault.resetBeforeItArrives());

        assertThatThrownBy(this::invoke).hasMessageContaining("; the command may have run");
        assertRan(0);
    }

    @Test
    void aConnectionThatBreaksInTheMiddleHasRunTheCommandInPart() {
        account.aws().lambda().writesInChunks("first\n", "second\n");
        account.endpoint()
                .fault(STREAM, 1, Fault.resetAfter(account.aws().lambda().bytesOfFirstChunk()));

        assertThatThrownBy(this::invoke)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("The connection broke in the middle of the response")
                .hasMessageContaining("the command has run in part, and may still run");
        assertThat(output).as("what came is shown").hasToString("first\n");
        assertRan(1);
    }

    @Test
    void aConnectionThatBreaksAfterTheResultLosesNothingButTheLog() throws InterruptedException {
        account.endpoint().fault(STREAM, 1, Fault.resetBeforeTheLast(20));

        ShellResult invocation = invoke();

        assertThat(invocation.exitCode()).isZero();
        assertThat(invocation.report()).isEmpty();
        assertThat(output).hasToString("hello\n");
        assertRan(1);
    }

    @Test
    void aLogThatCannotBeReadLosesNothingButTheLog() throws InterruptedException {
        account.endpoint()
                .fault(STREAM, EVERY_CALL, Fault.answer(HttpAnswer.lambdaError(404, "ResourceNotFound", "{}")))
                .fault("Invoke", 1, (call, upstream, wire) -> {
                    HttpAnswer answer = upstream.answer(call).with("X-Amz-Log-Result", "no base64");
                    wire.send(answer, answer.body().length);
                });

        ShellResult invocation = invoke();

        assertThat(invocation.exitCode()).isZero();
        assertThat(invocation.report()).isEmpty();
        assertThat(output).hasToString("hello\n");
    }

    @Test
    void anErrorThatIsNotTextIsReported() {
        account.endpoint()
                .fault(STREAM, EVERY_CALL, Fault.answer(HttpAnswer.lambdaError(404, "ResourceNotFound", "{}")))
                .fault(
                        "Invoke",
                        1,
                        Fault.answer(new HttpAnswer(
                                200, Map.of("X-Amz-Function-Error", "Unhandled"), new byte[] {'n', 'o', (byte) 0xff})));

        assertThatThrownBy(this::invoke)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("The function failed with Unhandled: no\ufffd");
    }

    @Test
    void aRefusalThatIsNotTextIsReported() {
        byte[] body = {'n', 'o', (byte) 0xff, 27, '[', '2', 'J'};
        account.endpoint().fault(STREAM, EVERY_CALL, Fault.answer(new HttpAnswer(403, Map.of(), body)));

        assertThatThrownBy(this::invoke)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("the endpoint answered HTTP 403: no\ufffd [2J");
    }

    @ParameterizedTest
    @CsvSource({"404,ResourceNotFound", "501,NotImplemented", "405,MethodNotAllowed"})
    void anEndpointThatCannotStreamIsAskedInTheOldWay(int status, String code) throws InterruptedException {
        account.endpoint().fault(STREAM, EVERY_CALL, Fault.answer(HttpAnswer.lambdaError(status, code, "{}")));

        invoke();
        invoke();

        assertThat(output).hasToString("hello\nhello\n");
        assertThat(account.endpoint().count(STREAM)).as("asked once").isEqualTo(1);
        assertRan(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void anEmulatorWhoseWebServerKnowsNoAddressToStreamFromIsAskedInTheOldWay(int status) throws InterruptedException {
        account.endpoint()
                .fault(
                        STREAM,
                        EVERY_CALL,
                        Fault.answer(HttpAnswer.of(status, "text/html; charset=utf-8", "<title>Not Found</title>")));

        invoke();

        assertThat(output).hasToString("hello\n");
        assertRan(1);
    }

    private ShellResult invoke() throws InterruptedException {
        if (function == null) {
            function = Trouble.function(account.clients());
        }
        return Trouble.invoke(function, output);
    }

    private void assertRan(int times) {
        assertThat(account.aws().lambda().executions()).as("executions").isEqualTo(times);
    }
}
