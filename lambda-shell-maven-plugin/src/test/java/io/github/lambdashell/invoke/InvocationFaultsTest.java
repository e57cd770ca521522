package io.github.lambdashell.invoke;

import static io.github.lambdashell.fault.FaultyEndpoint.EVERY_CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Target;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads when an invocation goes wrong, and that the command has run once at most. */
class InvocationFaultsTest {
    private static final String STREAM = "InvokeWithResponseStream";

    @RegisterExtension
    private final Account account = new Account();

    private FunctionClient function;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void open() {
        function = client(account.clients());
    }

    private static FunctionClient client(AwsClients clients) {
        return new FunctionClient(
                clients.lambda(), "demo-function", Set.of(), log -> {}, new Refusals(Duration.ofMillis(1)));
    }

    @Test
    void aGoodAnswerRunsTheCommandOnce() throws InterruptedException {
        assertThat(invoke().result().path("exitCode").asInt()).isZero();
        assertThat(output).hasToString("hello\n");
        assertRan(1);
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

        assertThat(invoke().result().path("exitCode").asInt()).isZero();
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ConcurrentInvocationLimitExceeded|all its concurrency in this region|Service Quotas",
                "FunctionInvocationRateLimitExceeded|too often in a second|fewer checks at once",
                "ReservedFunctionConcurrentInvocationLimitExceeded|reserved concurrency is in use|take that back",
                "ReservedFunctionInvocationRateLimitExceeded|for its reserved concurrency|take that back",
                "CallerRateLimitExceeded|this identity calls Lambda too often|fewer checks at once",
                "ConcurrentSnapshotCreateLimitExceeded|too many snapshots|fewer checks at once",
            })
    void aThrottleThatStaysIsSaidByItsReason(String reason, String what, String remedy) {
        account.endpoint()
                .fault(
                        STREAM,
                        EVERY_CALL,
                        Fault.answer(HttpAnswer.lambdaError(
                                429, "TooManyRequestsException", "{\"Reason\":\"" + reason + "\"}")));

        assertThatThrownBy(this::invoke)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("(" + reason + "); it did not run")
                .hasMessageContaining(remedy);
        assertRan(0);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(409, "ResourceConflictException", "Pending", "still being made or updated"),
                refusal(502, "SubnetIPAddressLimitReachedException", "no IPs", "The subnets have no address left"),
                refusal(502, "ENILimitReachedException", "limit", "no network interface left"),
                refusal(502, "EC2AccessDeniedException", "denied", "AWSLambdaVPCAccessExecutionRole"),
                refusal(502, "InvalidSubnetIDException", "bad", "Mend <subnetIds>"),
                refusal(502, "InvalidSecurityGroupIDException", "bad", "Mend <securityGroupIds>"),
                refusal(502, "KMSAccessDeniedException", "denied", "its policy lets the function's role decrypt"),
                refusal(502, "KMSDisabledException", "off", "is enabled"),
                refusal(502, "KMSInvalidStateException", "deleting", "Check that the key exists"),
                refusal(502, "KMSNotFoundException", "gone", "Check that the key exists"),
                refusal(502, "InvalidZipFileException", "bad", "lshell:deploy, which packs the code anew"),
                refusal(413, "RequestTooLargeException", "6291456 byte limit", "a request holds 6 MB"),
                refusal(404, "ResourceNotFoundException", "Function not found", "Deploy it with lshell:deploy"),
                refusal(403, "ExpiredTokenException", "The security token has expired", "log in again"),
                refusal(403, "UnrecognizedClientException", "invalid token", "Check the credentials in use"),
                refusal(
                        403,
                        "AccessDeniedException",
                        "User: arn:aws:iam::1:user/eve is not authorized to perform: lambda:InvokeFunction on resource:"
                                + " arn:aws:lambda:eu-west-1:1:function:demo because no identity-based policy allows"
                                + " the lambda:InvokeFunction action",
                        "arn:aws:iam::1:user/eve may not do lambda:InvokeFunction on"
                                + " arn:aws:lambda:eu-west-1:1:function:demo, because no identity-based policy"));
    }

    private static Arguments refusal(int status, String code, String message, String words) {
        return Arguments.of(code, HttpAnswer.lambdaError(status, code, "{\"message\":\"" + message + "\"}"), words);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aRefusalIsSaidWithItsRemedyAndWithoutDoubtThatNothingRan(String code, HttpAnswer answer, String words) {
        account.endpoint().fault(STREAM, EVERY_CALL, Fault.answer(answer));

        assertThatThrownBy(this::invoke)
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("Can't invoke the function: ")
                .hasMessageContaining(words)
                .hasMessageNotContaining("may have run");
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
                .hasMessageContaining("Look at what it may have done before you run it again");
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
                .hasMessageContaining("The connection broke in the middle of the answer")
                .hasMessageContaining("the command has run in part, and may still run");
        assertThat(output).as("what came is shown").hasToString("first\n");
        assertRan(1);
    }

    @Test
    void aConnectionThatBreaksAfterTheResultLosesNothingButTheLog() throws InterruptedException {
        account.endpoint().fault(STREAM, 1, Fault.resetBeforeTheLast(20));

        Invocation invocation = invoke();

        assertThat(invocation.result().path("exitCode").asInt()).isZero();
        assertThat(invocation.log()).isEmpty();
        assertThat(output).hasToString("hello\n");
        assertRan(1);
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

    @Test
    void aProxyThatAnswersHtmlIsNamed() {
        account.endpoint()
                .fault(STREAM, EVERY_CALL, Fault.answer(HttpAnswer.of(200, "text/html", "<html>Log in</html>")));

        assertThatThrownBy(this::invoke)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("was not AWS, but sent text/html (HTTP 200), as proxies and login portals do")
                .hasMessageContaining("Maven's settings");
        assertRan(0);
    }

    @Test
    void anEndpointThatNobodyListensAtIsNamed() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (AwsClients clients = new AwsClients(new TargetConfig(Target.AWS, null, null, nobody, account.home()))) {
            assertThatThrownBy(() -> invoke(client(clients)))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("the endpoint is not reachable")
                    .hasMessageContaining("lshell.endpoint")
                    .hasMessageNotContaining("may have run");
        }
    }

    static Stream<Arguments> breakages() {
        return Stream.of(
                Arguments.of(
                        "function timeout",
                        "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: 1 Error: Task timed out"
                                + " after 3.00 seconds\"}",
                        "The function ran into its timeout: Task timed out after 3.00 seconds",
                        "<timeout>"),
                Arguments.of(
                        "out of memory",
                        "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: 1 Error: Runtime exited"
                                + " with error: signal: killed\"}",
                        "most likely because it was out of memory",
                        "<memorySize>"),
                Arguments.of(
                        "runtime exit",
                        "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: 1 Error: Runtime exited"
                                + " with error: exit status 127\"}",
                        "The function's process ended while the command ran: Runtime exited with error: exit status 127",
                        "it has run in part"),
                Arguments.of(
                        "init failure",
                        "{\"errorType\":\"Runtime.InvalidEntrypoint\",\"errorMessage\":\"RequestId: 1 Error: exec:"
                                + " no such file\"}",
                        "The function could not start, so the command did not run: Runtime.InvalidEntrypoint",
                        "lshell:deploy"),
                Arguments.of(
                        "response too large",
                        "{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"Response payload size"
                                + " exceeded maximum allowed payload size (6291556 bytes).\"}",
                        "larger than this endpoint can return",
                        "Write it to a file"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakages")
    void aFunctionThatBreaksIsSaidWithItsRemedy(String name, String payload, String words, String remedy) {
        account.aws().lambda().fails(payload);

        assertThatThrownBy(this::invoke)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining(words)
                .hasMessageContaining(remedy);
        assertRan(1);
    }

    private Invocation invoke() throws InterruptedException {
        return invoke(function);
    }

    private Invocation invoke(FunctionClient client) throws InterruptedException {
        return client.invoke(ShellRequest.command("echo hello"), new FrameListener() {
            @Override
            public void stdout(byte[] bytes, int offset, int length) {
                output.write(bytes, offset, length);
            }

            @Override
            public void stderr(byte[] bytes, int offset, int length) {
                output.write(bytes, offset, length);
            }
        });
    }

    private void assertRan(int times) {
        assertThat(account.aws().lambda().executions()).as("executions").isEqualTo(times);
    }
}
