package io.github.lambdashell.target.local.endpoint;

import static io.github.lambdashell.target.local.endpoint.RecordedAnswers.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.target.local.endpoint.KeptConnection.Answer;
import io.github.lambdashell.target.local.endpoint.LocalFunctions.Settings;
import io.github.lambdashell.target.local.endpoint.RecordedAnswers.Call;
import io.github.lambdashell.target.local.endpoint.RecordedAnswers.Case;
import io.github.lambdashell.target.local.endpoint.SignedRequest.Protection;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests to the local endpoint, whose answers are compared with those that AWS Lambda gave.
 */
@Timeout(60)
class RecordedFromAwsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private static LocalFunctions functions;
    private static CompletableFuture<Answer> inBackground = CompletableFuture.completedFuture(null);

    @BeforeAll
    static void start() throws IOException {
        functions = new LocalFunctions(directory, new SandboxOptions(1, LocalConfig.DEFAULT));
        for (String name : List.of("raw", "first", "counting", "exiting", "hungry", "busy", "queued")) {
            functions.raw(new Settings().named(name).with("OWN", "value"));
        }
        functions.raw(new Settings().named("brief").timeout(2));
        functions.raw(new Settings().named("exits-at-start").with("BOOT", "exit-0"));
        functions.raw(new Settings().named("fails-at-start").with("BOOT", "error"));
        functions.raw(new Settings().named("without-wrapper").with("AWS_LAMBDA_EXEC_WRAPPER", "/absent"));
        functions.raw(
                new Settings().named("crashes-at-start").timeout(2).with("AWS_LAMBDA_EXEC_WRAPPER", "/var/task/crash"));
        LocalFunctions.script(directory.resolve("code-raw/crash"), "kill -SEGV $$");
    }

    @AfterAll
    static void stop() {
        inBackground.join();
        functions.close();
    }

    static List<Case> cases() throws IOException {
        return RecordedAnswers.of("Lambda");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theAnswerIsTheOneThatAwsGave(Case one) throws IOException {
        for (Call call : one.before()) {
            if (call.operation().equals("Invoke")) {
                send(call);
            } else {
                inBackground = CompletableFuture.supplyAsync(() -> send(call));
                awaitSandboxOf(call);
            }
        }
        one.verify(one.call().operation().equals("Environment") ? environment() : members(send(one.call())));
    }

    @Test
    void theLocalTargetsPageHasAllDifferences() throws IOException {
        RecordedAnswers.verifyPage("local-api.md", "Lambda", cases());
    }

    /** As recorded in provided.al2023, with what managed runtimes set besides. */
    @Test
    void theVariablesAreLambdasAndNoOthers() throws IOException {
        assertThat(variables())
                .extracting(variable -> variable.replaceFirst("=.*", ""))
                // The wrapper's shell adds these.
                .filteredOn(name -> !List.of("PWD", "SHLVL", "_").contains(name))
                .containsExactlyInAnyOrder(
                        "AWS_ACCESS_KEY_ID",
                        "AWS_DEFAULT_REGION",
                        "AWS_EXECUTION_ENV",
                        "AWS_LAMBDA_EXEC_WRAPPER",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                        "AWS_LAMBDA_FUNCTION_NAME",
                        "AWS_LAMBDA_FUNCTION_VERSION",
                        "AWS_LAMBDA_INITIALIZATION_TYPE",
                        "AWS_LAMBDA_LOG_GROUP_NAME",
                        "AWS_LAMBDA_LOG_STREAM_NAME",
                        "AWS_LAMBDA_RUNTIME_API",
                        "AWS_REGION",
                        "AWS_SECRET_ACCESS_KEY",
                        "AWS_SESSION_TOKEN",
                        "AWS_XRAY_CONTEXT_MISSING",
                        "AWS_XRAY_DAEMON_ADDRESS",
                        "LAMBDA_RUNTIME_DIR",
                        "LAMBDA_TASK_ROOT",
                        "LANG",
                        "LD_LIBRARY_PATH",
                        "OWN",
                        "PATH",
                        "TZ",
                        "_AWS_XRAY_DAEMON_ADDRESS",
                        "_AWS_XRAY_DAEMON_PORT",
                        "_HANDLER");
    }

    private static List<String> variables() throws IOException {
        Answer answer = send(new Call("Invoke", Map.of("Payload", "{\"do\":\"environment\"}")));
        return JSON.readTree(answer.body()).asText().lines().toList();
    }

    private static Function<String, String> environment() throws IOException {
        Map<String, String> variables = variables().stream()
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return name -> variables.getOrDefault(name, NONE);
    }

    private static void awaitSandboxOf(Call call) throws IOException {
        Path state = directory.resolve("state");
        String begun = call.get("FunctionName", "");
        boolean isRunning = false;
        while (!isRunning) {
            assertThat(inBackground).as("the invocation in the background").isNotDone();
            try (Stream<Path> files = Files.walk(state)) {
                isRunning = files.anyMatch(file -> file.toString().contains(begun));
            } catch (UncheckedIOException e) {
                // A file that was removed in between.
            }
        }
    }

    private static Answer send(Call call) {
        String name = encoded(call.get("FunctionName", "raw"));
        String path =
                switch (call.operation()) {
                    case "ListFunctions" -> "";
                    case "GetFunction" -> name;
                    case "GetFunctionConfiguration" -> name + "/configuration";
                    default -> name + "/invocations";
                };
        String qualifier = call.get("Qualifier", "");
        Map<String, String> headers = new HashMap<>();
        for (String header : List.of("InvocationType", "LogType", "ClientContext")) {
            if (call.parameters().containsKey(header)) {
                headers.put("X-Amz-" + header.replaceAll("(?<=[a-z])(?=[A-Z])", "-"), call.get(header, ""));
            }
        }
        byte[] payload = call.get("Payload", "").getBytes(StandardCharsets.ISO_8859_1);
        try (KeptConnection connection = new KeptConnection(functions.uri().getPort())) {
            return connection.send(SignedRequest.of(
                            functions.endpoint(),
                            "lambda",
                            path.endsWith("/invocations") ? "POST" : "GET",
                            "/2015-03-31/functions/" + path
                                    + (qualifier.isEmpty() ? "" : "?Qualifier=" + encoded(qualifier)),
                            headers,
                            payload,
                            Protection.HASHED)
                    .bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Returns the members of an answer by the names that the table has for them. */
    private static Function<String, String> members(Answer answer) {
        String payload = new String(answer.body(), StandardCharsets.UTF_8);
        return name -> switch (name) {
            case "status" -> Integer.toString(answer.status());
            case "error" -> answer.headers().getOrDefault("x-amzn-errortype", NONE);
            case "payload" -> payload;
            case "log" -> withoutOwnLines(answer.headers().get("x-amz-log-result"));
            default ->
                name.startsWith("X-Amz-")
                        ? answer.headers().getOrDefault(name.toLowerCase(Locale.ROOT), NONE)
                        : member(payload, name);
        };
    }

    private static String member(String payload, String name) {
        try {
            JsonNode member = JSON.readTree(payload).at("/" + name.replace('.', '/'));
            return member.isMissingNode() ? NONE : member.asText();
        } catch (IOException e) {
            return NONE;
        }
    }

    /** Returns a log without the lines of {@link RawRuntime}. */
    private static String withoutOwnLines(String log) {
        return new String(Base64.getDecoder().decode(log), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.matches("(doing|answer:|Picked up) ?.*"))
                .collect(Collectors.joining("\n"));
    }
}
