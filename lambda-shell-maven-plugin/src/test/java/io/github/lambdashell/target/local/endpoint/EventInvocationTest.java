package io.github.lambdashell.target.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.target.local.endpoint.KeptConnection.Answer;
import io.github.lambdashell.target.local.endpoint.LocalFunctions.Settings;
import io.github.lambdashell.target.local.endpoint.SignedRequest.Protection;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** Invocations that are accepted, and those that are only validated. */
@Timeout(60)
class EventInvocationTest {
    private static final long PAUSE_MILLIS = 20;

    private LocalFunctions functions;

    /** One sandbox, so that events have to wait for it. */
    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        functions = new LocalFunctions(directory, new SandboxOptions(1, LocalConfig.DEFAULT));
        functions.raw(new Settings().timeout(50));
    }

    @AfterEach
    void stop() {
        functions.close();
    }

    @Test
    void eventsAreAcceptedAtOnceAndRunOnceEachAlsoIfTheFunctionFails() throws Exception {
        InvokeResponse accepted = invoke(InvocationType.EVENT, "{\"do\":\"error\"}");
        invoke(InvocationType.EVENT, "{\"do\":\"exit\",\"value\":\"1\"}");
        invoke(InvocationType.EVENT, "{\"do\":\"answer\",\"value\":\"1\"}");

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.payload().asByteArray()).isEmpty();
        assertThat(accepted.functionError()).isNull();
        assertThat(accepted.executedVersion()).isNull();
        assertThat(accepted.responseMetadata().requestId()).matches("[0-9a-f-]{36}");
        awaitLogged("REPORT RequestId", 3);
        assertThat(count("doing error")).isEqualTo(1);
        assertThat(count("doing exit")).isEqualTo(1);
        assertThat(count("doing answer")).isEqualTo(1);
        assertThat(logs())
                .contains("START RequestId: " + accepted.responseMetadata().requestId());
    }

    @Test
    void anEventThatRunsEndsWithTheEndpoint() throws Exception {
        invoke(InvocationType.EVENT, "{\"do\":\"sleep\",\"value\":\"45000\"}");
        invoke(InvocationType.EVENT, "{\"do\":\"echo\"}");
        awaitLogged("doing sleep", 1);

        long start = System.nanoTime();
        functions.close();

        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
        assertThat(count("doing echo")).isZero();
    }

    @Test
    void anEventOverTheLimitOfAsynchronousInvocationsIsRefused() throws IOException {
        String event = '"' + "x".repeat(1024 * 1024) + '"';

        assertThatThrownBy(() -> invoke(InvocationType.EVENT, event))
                .isInstanceOfSatisfying(
                        LambdaException.class, e -> assertThat(e.statusCode()).isEqualTo(413))
                .hasMessageContaining(
                        "1048578 byte payload is too large for the Event invocation type (limit 1048576 bytes)");
        assertThat(logs()).isEmpty();
    }

    @Test
    void aDryRunIsNoInvocationInEitherForm() throws IOException {
        assertThat(invoke(InvocationType.DRY_RUN, "{\"do\":\"echo\"}").statusCode())
                .isEqualTo(204);
        assertThat(stream("DryRun").status()).isEqualTo(204);
        assertThat(stream("Event").body()).asString().contains("enum value set: [RequestResponse, DryRun]");

        assertThat(logs()).isEmpty();
    }

    private Answer stream(String type) throws IOException {
        SignedRequest request = SignedRequest.of(
                functions.endpoint(),
                "lambda",
                "POST",
                "/2021-11-15/functions/raw/response-streaming-invocations",
                Map.of("X-Amz-Invocation-Type", type),
                "{\"do\":\"echo\"}".getBytes(StandardCharsets.US_ASCII),
                Protection.HASHED);
        try (KeptConnection connection = new KeptConnection(functions.uri().getPort())) {
            return connection.send(request.bytes());
        }
    }

    private InvokeResponse invoke(InvocationType type, String event) {
        return functions.client().invoke(request -> request.functionName("raw")
                .invocationType(type)
                .payload(SdkBytes.fromUtf8String(event)));
    }

    private void awaitLogged(String text, int times) throws IOException, InterruptedException {
        while (count(text) < times) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private long count(String text) throws IOException {
        return Pattern.compile(Pattern.quote(text)).matcher(logs()).results().count();
    }

    /** Returns all that the function has logged; empty if it has no sandbox. The pipes beside the files are Maven's. */
    private String logs() throws IOException {
        Path folder = functions.directory.resolve("state/logs/raw");
        if (Files.notExists(folder)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
