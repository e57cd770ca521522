package io.github.lambdashell.target.local.endpoint.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.target.local.endpoint.KeptConnection;
import io.github.lambdashell.target.local.endpoint.KeptConnection.Answer;
import io.github.lambdashell.target.local.endpoint.TestEndpoint;
import io.github.lambdashell.target.local.endpoint.fuzz.FuzzInvocations.Case;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.TestFunctions;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.eventstream.Message;
import software.amazon.awssdk.eventstream.MessageDecoder;

/**
 * Malformed requests of callers for a function in a real sandbox. A hundred in every build; more with {@code -Dlshell.fuzz.invocations=5000 -Dtest=InvocationFuzzTest}.
 */
@Timeout(3600)
class InvocationFuzzTest {
    private static final int INVOCATIONS = Watch.count("invocations", 100);
    private static final int LOG_TAIL_BYTES = 4096;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANSWER = "{\"done\":true}";
    private static final String BOOTSTRAP = """
            #!/bin/bash
            api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
            while answer=$(curl -si "$api/next"); do
                id=${answer#*Lambda-Runtime-Aws-Request-Id: }
                curl -s -d '%s' "$api/${id%%%%$'\\r'*}/response" >/dev/null
            done
            """;

    @TempDir
    private Path root;

    @RegisterExtension
    private final Watch watch = new Watch();

    private TestEndpoint endpoint;
    private KeptConnection caller;

    @BeforeEach
    void start() throws IOException {
        Path bootstrap = Files.createDirectories(root.resolve("code")).resolve("bootstrap");
        Files.writeString(bootstrap, String.format(BOOTSTRAP, ANSWER));
        Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
        endpoint = new TestEndpoint(root.resolve("state"), SandboxOptions.DEFAULT);
        endpoint.put(function(root.resolve("code")));
        caller = new KeptConnection(endpoint.uri().getPort());
    }

    @AfterEach
    void stop() throws IOException {
        caller.close();
        endpoint.close();
    }

    private static FunctionDefinition function(Path code) {
        return TestFunctions.of(
                "fuzz",
                new FunctionSettings(
                                "provided.al2023",
                                null,
                                256,
                                Duration.ofSeconds(10),
                                null,
                                Map.of(),
                                null,
                                null,
                                null,
                                null)
                        .complete(""),
                "any",
                code);
    }

    @Test
    void noMalformedInvocationBreaksTheEndpointOrIsLeftUnanswered() throws Exception {
        run(new FuzzInvocations(endpoint, 0).right(), "the right one before");
        for (int i = 0; i < INVOCATIONS; i++) {
            if (i == Math.min(INVOCATIONS / 2, 500)) {
                watch.isWarm();
            }
            Case invocation = new FuzzInvocations(endpoint, Watch.seed(i)).next();
            run(invocation, "invocation " + i + " of seed " + Watch.SEED);
        }
        run(new FuzzInvocations(endpoint, 0).right(), "the right one after");
        watch.assertHealthy("invocations", INVOCATIONS);
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files).containsExactlyInAnyOrder(root.resolve("code"), root.resolve("state"));
        }
    }

    private void run(Case invocation, String what) {
        try {
            Answer answer = caller.send(invocation.request());
            watch.ended((invocation.isRight() ? "right " : "mutated ") + check(invocation, answer));
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError(what + ": " + e, e);
        }
    }

    /** How it ended. */
    private static String check(Case invocation, Answer answer) throws IOException {
        if (!invocation.isRight() && answer.status() != 200) {
            assertThat(answer.status()).as("%s", answer).isIn(204, 400, 403);
            return "refused";
        }
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        Result result = invocation.isStreamed() ? streamed(answer) : buffered(answer);
        if (invocation.isRight()) {
            assertThat(result.log != null).as("%s", answer).isEqualTo(invocation.wantsLog());
        }
        if (result.log != null) {
            assertThat(Base64.getDecoder().decode(result.log))
                    .hasSizeLessThanOrEqualTo(LOG_TAIL_BYTES)
                    .asString()
                    .contains("REPORT RequestId: ");
        }
        assertThat(result.isFailed).as("failed: %s", answer).isFalse();
        assertThat(new String(result.payload, UTF_8)).isEqualTo(ANSWER);
        return "answered";
    }

    /** @param log in base64, null without one */
    private record Result(boolean isFailed, byte[] payload, String log) {}

    private static Result buffered(Answer answer) {
        return new Result(
                "Unhandled".equals(answer.headers().get("x-amz-function-error")),
                answer.body(),
                answer.headers().get("x-amz-log-result"));
    }

    /** Chunks, then one end, each whole: its checksums are looked at. */
    private static Result streamed(Answer answer) throws IOException {
        MessageDecoder decoder = new MessageDecoder();
        decoder.feed(answer.body());
        List<Message> events = decoder.getDecodedMessages();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int bytes = 0;
        for (Message event : events) {
            bytes += event.toByteBuffer().remaining();
            assertThat(event.getHeaders().get(":message-type").getString()).isEqualTo("event");
            assertThat(event.getHeaders().get(":event-type").getString())
                    .isEqualTo(event == events.get(events.size() - 1) ? "InvokeComplete" : "PayloadChunk");
            payload.writeBytes(event.getPayload());
        }
        assertThat(bytes).as("bytes of whole events").isEqualTo(answer.body().length);
        byte[] end = events.get(events.size() - 1).getPayload();
        JsonNode complete = JSON.readTree(end);
        assertThat(complete.has("ErrorCode")).isEqualTo(complete.has("ErrorDetails"));
        byte[] chunks = Arrays.copyOf(payload.toByteArray(), payload.size() - end.length);
        return new Result(
                complete.has("ErrorCode"), chunks, complete.path("LogResult").asText(null));
    }
}
