package io.github.lambdashell.target.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lambdashell.target.local.endpoint.LocalFunctions.Settings;
import io.github.lambdashell.target.local.endpoint.LocalFunctions.Streamed;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** What callers get, seen through the SDK. */
class InvocationTest {
    private LocalFunctions functions;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        functions = new LocalFunctions(directory, SandboxOptions.DEFAULT);
    }

    @AfterEach
    void stop() {
        functions.close();
    }

    @Test
    void aWarmSandboxIsUsedAgain() throws IOException {
        functions.raw();

        InvokeResponse first = functions.invoke("{\"do\":\"pid\"}");
        InvokeResponse second = functions.invoke("{\"do\":\"pid\"}");

        assertThat(first.functionError()).isNull();
        assertThat(first.executedVersion()).isEqualTo("$LATEST");
        String pid = payload(first).replace("\"", "").split(" ")[0];
        assertThat(payload(first)).isEqualTo("\"" + pid + " 1\"");
        assertThat(payload(second)).isEqualTo("\"" + pid + " 2\"");
        assertThat(log(first)).contains("INIT_START Runtime Version: java17").contains("Init Duration: ");
        assertThat(log(second)).doesNotContain("INIT_START").doesNotContain("Init Duration: ");
    }

    @Test
    void theLogTailHoldsTheFunctionsLinesBetweenThePlatforms() throws IOException {
        functions.raw();
        functions.invoke("{\"do\":\"echo\"}");

        String id = "[0-9a-f-]{36}";
        assertThat(log(functions.invoke("{\"do\":\"echo\"}")))
                .matches("START RequestId: " + id + " Version: \\$LATEST\n"
                        + "doing echo\n"
                        + "END RequestId: " + id + "\n"
                        + "REPORT RequestId: " + id
                        + "\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 256 MB"
                        + "\tMax Memory Used: [1-9]\\d* MB\t\n");
    }

    @Test
    void theLogTailIsTheLast4096Bytes() throws IOException {
        functions.raw();

        String log = log(functions.invoke("{\"do\":\"log\",\"value\":\"ab\"}"));

        assertThat(log).hasSize(4096).matches("(?s)b?(ab){100}.*").contains("without a line's end\nEND RequestId: ");
    }

    @Test
    void anErrorThatTheFunctionReportsIsAFunctionError() throws IOException {
        functions.raw();

        InvokeResponse response = functions.invoke("{\"do\":\"error\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(payload(response)).contains("\"errorMessage\":\"told so\"");
        assertThat(log(response)).doesNotContain("Status: ");
        assertThat(payload(functions.invoke("{\"do\":\"pid\"}"))).endsWith(" 2\"");
    }

    @Test
    void anExitIsAnErrorAndTheNextInvocationStartsTheProcessAgainOverTheSameTmp() throws IOException {
        functions.raw();
        functions.invoke("{\"do\":\"write-file\",\"value\":\"kept\"}");

        InvokeResponse response = functions.invoke("{\"do\":\"exit\",\"value\":\"1\"}");

        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(payload(response))
                .matches("\\{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: [0-9a-f-]{36} "
                        + "Error: Runtime exited with error: exit status 1\"}");
        assertThat(log(response)).contains("Status: error\tError Type: Runtime.ExitError");
        assertThat(payload(functions.invoke("{\"do\":\"read-file\"}"))).isEqualTo("\"kept\"");
    }

    @Test
    void aKilledProcessIsNamedByItsSignal() throws IOException {
        functions.raw();

        assertThat(payload(functions.invoke("{\"do\":\"killed\"}")))
                .contains("Error: Runtime exited with error: signal: killed");
    }

    @Test
    void anExitInTheMiddleOfAnAnswerIsTheErrorThatTheCallerSees() throws IOException {
        functions.raw();

        assertThat(payload(functions.invoke("{\"do\":\"exit-within-answer\"}")))
                .contains("Error: Runtime exited with error: exit status 3");
    }

    @Test
    void theTimeoutEndsTheProcessAndWhatItStarted() throws Exception {
        functions.raw(new Settings().timeout(2));
        functions.invoke("{\"do\":\"background\",\"value\":\"611.25\"}");
        assertThat(Processes.isRunning("611.25")).isTrue();
        functions.invoke("{\"do\":\"write-file\",\"value\":\"kept\"}");

        InvokeResponse response = functions.invoke("{\"do\":\"sleep\",\"value\":\"60000\"}");

        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(payload(response))
                .matches("\\{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: [0-9a-f-]{36} "
                        + "Error: Task timed out after 2.00 seconds\"}");
        assertThat(log(response)).contains(" Task timed out after 2.00 seconds").contains("Status: timeout");
        Processes.awaitEnd("611.25");
        assertThat(payload(functions.invoke("{\"do\":\"read-file\"}"))).isEqualTo("\"kept\"");
    }

    @Test
    void theTimeoutEndsAProcessThatRequestsItsNextEventBeforeItsResponseIsComplete() throws IOException {
        functions.raw(new Settings().timeout(1));

        InvokeResponse response = functions.invoke("{\"do\":\"next-within-answer\"}");

        assertThat(payload(response)).contains("Task timed out after 1.00 seconds");
        assertThat(log(response)).contains("Status: timeout");
        assertThat(payload(functions.invoke("{\"do\":\"pid\"}"))).endsWith(" 1\"");
    }

    @Test
    void aProcessThatExitsAtOnceFailsTheInvocation() throws IOException {
        functions.raw(new Settings().with("BOOT", "exit"));

        InvokeResponse response = functions.invoke("{\"do\":\"echo\"}");

        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(payload(response)).contains("Error: Runtime exited with error: exit status 7");
        assertThat(log(response)).contains("about to exit");
    }

    @Test
    void aFailedInitializationIsReportedInTheFunctionsWords() throws IOException {
        functions.raw(new Settings().with("BOOT", "error"));

        InvokeResponse response = functions.invoke("{\"do\":\"echo\"}");

        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(payload(response)).contains("\"errorType\":\"Runtime.Boom\"");
        assertThat(log(response)).contains("Status: error\tError Type: Runtime.Boom");
    }

    @Test
    void anInitializationThatHangsTimesOut() throws IOException {
        functions.raw(new Settings().timeout(1).with("BOOT", "hang"));

        assertThat(payload(functions.invoke("{\"do\":\"echo\"}"))).contains("Task timed out after 1.00 seconds");
    }

    @Test
    void anotherRevisionGetsAnotherSandbox() throws IOException {
        functions.raw();
        functions.invoke("{\"do\":\"pid\"}");
        functions.raw(new Settings().with("CHANGED", "yes"));

        String after = payload(functions.invoke("{\"do\":\"pid\"}"));

        assertThat(after).endsWith(" 1\"");
        assertThat(payload(functions.invoke("{\"do\":\"environment\"}"))).contains("CHANGED=yes");
    }

    @Test
    void aResponseIsRefusedUnderAnotherRequestsId() throws IOException {
        functions.raw();

        assertThat(payload(functions.invoke("{\"do\":\"wrong-id\"}")))
                .contains("403")
                .contains("InvalidRequestID");
    }

    @Test
    void anInvocationIsAnsweredOnce() throws IOException {
        functions.raw();

        InvokeResponse response = functions.invoke("{\"do\":\"answer-twice\"}");

        assertThat(payload(response)).isEqualTo("\"first\"");
        assertThat(log(functions.invoke("{\"do\":\"echo\"}"))).contains("doing echo");
    }

    @Test
    void aBufferedResponseMayBe6MegabytesLong() throws IOException {
        functions.raw();
        int limit = 6 * 1024 * 1024 + 100;

        InvokeResponse largest = functions.invoke("{\"do\":\"too-large\",\"value\":\"" + limit + "\"}");
        InvokeResponse larger = functions.invoke("{\"do\":\"too-large\",\"value\":\"" + (limit + 1) + "\"}");

        assertThat(largest.functionError()).isNull();
        assertThat(largest.payload().asByteArrayUnsafe()).hasSize(limit);
        assertThat(log(largest)).contains("answer: 202 {\"status\":\"OK\"}");
        assertThat(larger.functionError()).isEqualTo("Unhandled");
        assertThat(payload(larger)).contains("\"errorType\":\"Function.ResponseSizeTooLarge\"");
        assertThat(log(larger)).contains("answer: 413").contains("RequestEntityTooLarge");
    }

    @Test
    void theRuntimeGetsTheHeadersThatItNeeds() throws IOException {
        functions.raw();

        assertThat(payload(functions.client().invoke(request -> request.functionName("raw")
                        .clientContext(
                                Base64.getEncoder().encodeToString("{\"custom\":1}".getBytes(StandardCharsets.UTF_8)))
                        .payload(SdkBytes.fromUtf8String("{\"do\":\"headers\"}")))))
                .contains("lambda-runtime-aws-request-id=")
                .containsPattern("lambda-runtime-deadline-ms=\\d{13}")
                .contains("lambda-runtime-invoked-function-arn=arn:aws:lambda:us-east-1:000000000000:function:raw")
                .contains("lambda-runtime-trace-id=Root=1-")
                .contains("lambda-runtime-invocation-id=")
                .contains("lambda-runtime-client-context={\\\"custom\\\":1}");
    }

    @Test
    void aStreamedResponseArrivesAsItIsWritten() throws IOException {
        functions.raw();

        Streamed streamed = functions.invokeStreaming("{\"do\":\"slow-stream\"}");

        assertThat(streamed.chunks()).hasSize(3);
        assertThat(streamed.text()).isEqualTo("123");
        assertThat(streamed.complete().errorCode()).isNull();
        assertThat(decode(streamed.complete().logResult()))
                .contains("doing slow-stream")
                .contains("REPORT RequestId: ");
    }

    @Test
    void aBufferedFunctionCanBeInvokedWithAResponseStream() throws IOException {
        functions.raw();

        assertThat(functions.invokeStreaming("{\"do\":\"echo\"}").text()).isEqualTo("{\"do\":\"echo\"}");
    }

    @Test
    void aStreamingFunctionCanBeInvokedBuffered() throws IOException {
        functions.raw();

        assertThat(payload(functions.invoke("{\"do\":\"slow-stream\"}"))).isEqualTo("123");
    }

    @Test
    void anErrorInTheMiddleOfAStreamArrivesAfterTheBytesBeforeIt() throws IOException {
        functions.raw();

        Streamed streamed = functions.invokeStreaming("{\"do\":\"trailers\"}");

        assertThat(streamed.text()).hasSize(10);
        assertThat(streamed.complete().errorCode()).isEqualTo("Function.MidStream");
        assertThat(streamed.complete().errorDetails()).isEqualTo("{\"errorMessage\":\"halfway\"}");
    }

    @Test
    void aReportOfAnErrorThatNoEventHoldsIsTooLarge() throws IOException {
        functions.raw();

        // Each of these bytes is six in JSON.
        Streamed streamed = functions.invokeStreaming("{\"do\":\"large-error\",\"value\":\"6000000\"}");

        assertThat(streamed.complete().errorCode()).isEqualTo("Unhandled");
        assertThat(streamed.complete().errorDetails()).contains("\"errorType\":\"Function.ResponseSizeTooLarge\"");
    }

    @Test
    void aFailureBeforeTheFirstByteOfAStreamIsInItsLastEvent() throws IOException {
        functions.raw();

        Streamed streamed = functions.invokeStreaming("{\"do\":\"exit\",\"value\":\"2\"}");

        assertThat(streamed.chunks()).isEmpty();
        assertThat(streamed.complete().errorCode()).isEqualTo("Unhandled");
        assertThat(streamed.complete().errorDetails()).contains("exit status 2");
    }

    @Test
    void aRequestMayBe6MegabytesLong() throws IOException {
        functions.raw();
        String event = "{\"do\":\"pid\",\"filling\":\"" + "x".repeat(6 * 1024 * 1024) + "\"}";

        assertThatThrownBy(() -> functions.invoke(event)).isInstanceOfSatisfying(LambdaException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(413);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("RequestEntityTooLargeException");
        });
        assertThat(payload(functions.invoke(event.replaceFirst("x{1000}", "")))).endsWith(" 1\"");
    }

    @Test
    void whatIsNotJsonIsRefused() throws IOException {
        functions.raw();

        assertThatThrownBy(() -> functions.invoke("{\"do\":"))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("Could not parse request body into json");
    }

    @Test
    void whatIsNotEvenTextIsRefused() throws IOException {
        functions.raw();
        // How UTF-32 begins; there are no characters so high.
        byte[] event = {0, 0, (byte) 0xfe, (byte) 0xff, 0x7f, 0, 0, 0};

        assertThatThrownBy(() -> functions.client().invoke(request -> request.functionName("raw")
                        .payload(SdkBytes.fromByteArray(event))))
                .isInstanceOfSatisfying(
                        LambdaException.class, e -> assertThat(e.statusCode()).isEqualTo(400))
                .hasMessageContaining("Could not parse request body into json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "{\"a\":", "{\"a\":\"\u0000\"}", "{\"a\":\"\r\n\"}", "no json"})
    void aClientContextThatIsNoJsonObjectIsRefused(String context) throws IOException {
        functions.raw();

        assertThatThrownBy(() -> functions.client().invoke(request -> request.functionName("raw")
                        .clientContext(Base64.getEncoder().encodeToString(context.getBytes(StandardCharsets.UTF_8)))
                        .payload(SdkBytes.fromUtf8String("{\"do\":\"echo\"}"))))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("Client context must be a valid Base64-encoded JSON object.");
    }

    @Test
    void anUnknownFunctionIsNotFound() {
        String arn = "arn:aws:lambda:us-east-1:000000000000:function:absent";

        assertNotFound("absent", "Function not found: " + arn + ":$LATEST");
        assertNotFound("absent:live", "Function not found: " + arn + ":live");
        assertThatThrownBy(() -> functions.client().getFunction(request -> request.functionName("absent")))
                .isInstanceOfSatisfying(
                        ResourceNotFoundException.class,
                        e -> assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Function not found: " + arn));
    }

    private void assertNotFound(String function, String message) {
        assertThatThrownBy(() -> functions.invoke(function, "{\"do\":\"pid\"}"))
                .isInstanceOfSatisfying(ResourceNotFoundException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(404);
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
                });
    }

    @Test
    void onlyTheFunctionOfAnArnIsInvoked() throws IOException {
        functions.raw();

        assertNotFound("arn:aws:lambda:eu-west-1:000000000000:function:raw", otherRegion("eu-west-1"));
        assertNotFound("eu-west-1:000000000000:function:raw", otherRegion("eu-west-1"));
        assertNotFound(
                "arn:aws:lambda:us-east-1:123456789012:function:raw",
                "Function not found: arn:aws:lambda:us-east-1:123456789012:function:raw:$LATEST");
        assertNotFound(
                "123456789012:function:raw",
                "Function not found: arn:aws:lambda:us-east-1:123456789012:function:raw:$LATEST");
        assertNotFound("raw:1", "Function not found: arn:aws:lambda:us-east-1:000000000000:function:raw:1");
        for (String name : List.of(
                "raw:$LATEST",
                "function:raw",
                "000000000000:function:raw",
                "arn:aws:lambda:us-east-1:000000000000:function:raw:$LATEST")) {
            assertThat(functions.invoke(name, "{\"do\":\"pid\"}").functionError())
                    .as(name)
                    .isNull();
        }
    }

    private static String otherRegion(String region) {
        return "Functions from '" + region + "' are not reachable in this region ('us-east-1')";
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "not a name, , Value 'not a name' at 'functionName' failed to satisfy constraint: Member must satisfy"
                        + " regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?",
                "raw:, , Value 'raw:' at 'functionName' failed to satisfy constraint: Member must satisfy",
                "raw, a b, Value 'a b' at 'qualifier' failed to satisfy constraint: Member must satisfy regular"
                        + " expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+",
            })
    void aMalformedNameOrQualifierIsNamedWithItsPattern(String name, String qualifier, String message) {
        assertThatThrownBy(() -> functions.client().invoke(request -> request.functionName(name)
                        .qualifier(qualifier)))
                .isInstanceOfSatisfying(LambdaException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
                    assertThat(e.awsErrorDetails().errorMessage())
                            .startsWith("1 validation error detected: " + message);
                });
    }

    @Test
    void aNameAndAQualifierThatAreTooLongAreTwoErrors() {
        String name = "n".repeat(257);
        String qualifier = "q".repeat(129);

        assertThatThrownBy(() -> functions.client().invoke(request -> request.functionName(name)
                        .qualifier(qualifier)))
                .isInstanceOfSatisfying(LambdaException.class, e -> assertThat(
                                e.awsErrorDetails().errorMessage())
                        .isEqualTo("2 validation errors detected: Value '" + name + "' at 'functionName' failed to"
                                + " satisfy constraint: Member must have length less than or equal to 256; Value '"
                                + qualifier + "' at 'qualifier' failed to satisfy constraint: Member must have length"
                                + " less than or equal to 128"));
    }

    @Test
    void twoQualifiersMayNotContradictEachOther() throws IOException {
        functions.raw();

        assertThatThrownBy(() -> functions.client().invoke(request -> request.functionName("raw:$LATEST")
                        .qualifier("live")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining(
                        "The derived qualifier from the function name does not match the specified qualifier.");
    }

    @Test
    void anUnknownTypeOfInvocationOrLogIsNamedWithTheKnownOnes() throws IOException {
        functions.raw();

        assertThatThrownBy(() -> functions.client().invoke(request -> request.functionName("raw")
                        .invocationType("Soon")))
                .hasMessageContaining("1 validation error detected: Value 'Soon' at 'invocationType' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]");
        assertThatThrownBy(() -> functions.client().invoke(request -> request.functionName("raw")
                        .logType("Head")))
                .hasMessageContaining("Value 'Head' at 'logType' failed to satisfy constraint");
    }

    /** Go's SDK reads no other member than the one that the model of Lambda's API has for an error. */
    @Test
    void anErrorsMessageIsWhereLambdasModelHasIt() throws IOException {
        functions.raw();

        assertThat(errorOf("absent", "{}")).contains("\"Message\":\"Function not found");
        assertThat(errorOf("raw", "{")).contains("\"message\":\"Could not parse");
    }

    private String errorOf(String function, String payload) {
        LambdaException error = catchThrowableOfType(LambdaException.class, () -> functions.invoke(function, payload));
        return error.awsErrorDetails().rawResponse().asUtf8String();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exports.handler = async () => 1; | Runtime.HandlerNotFound | runs no Node.js function except for the"
                        + " shell",
                "exports.other = 1; | Runtime.HandlerNotFound | index.handler is undefined or not exported",
                "exports.handler = ( | Runtime.UserCodeSyntaxError | SyntaxError: ",
                "require('absent'); | Runtime.ImportModuleError | Cannot find module 'absent'"
            })
    void aNodeFunctionOtherThanTheShellIsRefused(String code, String type, String message) throws IOException {
        Settings settings = new Settings();
        settings.runtime = "nodejs22.x";
        settings.handler = "index.handler";
        settings.code = Files.createDirectories(functions.directory.resolve("code-node"));
        Files.writeString(settings.code.resolve("index.js"), code);
        functions.put(settings);

        assertThat(payload(functions.invoke("{}")))
                .contains("\"errorType\":\"" + type + "\"")
                .contains(message);
    }

    @Test
    void aRuntimeThatCannotRunHereIsNamed() throws IOException {
        Settings settings = new Settings();
        settings.runtime = "go1.x";
        functions.raw(settings);

        assertThatThrownBy(() -> functions.invoke("{}"))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("has no runtime go1.x");
    }

    @Test
    void aMachineThatCannotStartAFunctionSaysSo(@TempDir Path directory) throws IOException {
        try (LocalFunctions others = new LocalFunctions(directory, SandboxOptions.DEFAULT)) {
            others.raw();
            Path inTheWay = Files.writeString(directory.resolve("state/sandboxes"), "not a directory");

            assertThatThrownBy(() -> others.invoke("{}"))
                    .isInstanceOfSatisfying(LambdaException.class, e -> assertThat(e.statusCode())
                            .isEqualTo(502))
                    .hasMessageContaining("This machine can't start the function: " + inTheWay);
            Files.delete(inTheWay);
            assertThat(payload(others.invoke("{\"do\":\"pid\"}"))).endsWith(" 1\"");
        }
    }

    @Test
    void aDryRunRunsNothing() throws IOException {
        functions.raw();

        InvokeResponse response = functions.client().invoke(request -> request.functionName("raw")
                .invocationType(InvocationType.DRY_RUN));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(payload(functions.invoke("{\"do\":\"pid\"}"))).endsWith(" 1\"");
    }

    @Test
    void functionsCanBeLookedAt() throws IOException {
        functions.raw(new Settings().timeout(42));

        assertThat(functions
                        .client()
                        .getFunction(request -> request.functionName("raw"))
                        .configuration()
                        .timeout())
                .isEqualTo(42);
        assertThat(functions
                        .client()
                        .waiter()
                        .waitUntilFunctionActiveV2(request -> request.functionName("raw"))
                        .matched()
                        .response())
                .isPresent();
        assertThat(functions.client().listFunctions().functions())
                .extracting(function -> function.functionName())
                .containsExactly("raw");
    }

    static String payload(InvokeResponse response) {
        return response.payload().asUtf8String();
    }

    static String log(InvokeResponse response) {
        return decode(response.logResult());
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
