package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The project's own handler beside the shell, in a sandbox of the local target. */
@Timeout(180)
class HandlerContractTest {
    private static final String HANDLER = ContractHandler.class.getName() + "::handleRequest";

    @TempDir
    static Path directory;

    private static Function function;

    @BeforeAll
    static void start() throws IOException {
        String name = ContractHandler.class.getName().replace('.', '/') + ".class";
        Path copy = directory.resolve("task").resolve(name);
        Files.createDirectories(copy.getParent());
        try (InputStream in = ContractHandler.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, copy);
        }
        function = new Function(Implementation.JAVA, directory, Duration.ofMinutes(2));
    }

    @AfterAll
    static void end() {
        function.close();
    }

    private static ObjectNode request(ObjectNode... steps) {
        ObjectNode request = Function.steps(steps);
        request.putObject("handler").put("name", HANDLER);
        return request;
    }

    private static ObjectNode event(String text) {
        ObjectNode step = new ObjectMapper().createObjectNode().put("name", text);
        step.putObject("event").put("payload", Function.base64(('"' + text + '"').getBytes(StandardCharsets.UTF_8)));
        return step;
    }

    private static Answer.Step pass(String text) {
        return function.invoke(request(event(text))).steps.get(0);
    }

    private static JsonNode handler(Answer.Step step) {
        return step.members().get("handler");
    }

    private static String error(Answer.Step step) {
        JsonNode error = handler(step).at("/errors/0");
        return error.path("type").asText() + ": " + error.path("message").asText();
    }

    @Clause({"H2", "H4", "H5", "H6"})
    @Test
    void theHandlersProcessIsInTheShellsSandbox() {
        Answer answer = function.invoke(request(
                event("hello"),
                Function.step("pid", "echo $HANDLER_PID; tr '\\0' ' ' </proc/$HANDLER_PID/cmdline"),
                event("again")));

        assertThat(answer.steps.get(0).stdout()).isEqualTo("\"hello\"");
        assertThat(answer.steps.get(0).stderr()).contains("call ");
        assertThat(answer.steps.get(0).members().get("exitCode").asInt()).isZero();
        assertThat(answer.steps.get(1).stdout())
                .startsWith(handler(answer.steps.get(0)).get("pid").asText() + "\n")
                .contains("/var/lang/bin/java ", " " + HANDLER);
        assertThat(answer.steps.get(2).stdout()).isEqualTo("\"again\"");
        assertThat(handler(answer.steps.get(2)).has("initMillis")).isFalse();
        assertThat(handler(answer.steps.get(2)).get("maxMemoryBytes").asLong()).isPositive();
    }

    @Clause("H3")
    @Test
    void itsEnvironmentIsTheFunctionsExceptForTheRuntimeApi() {
        assertThat(pass("env _HANDLER").stdout()).isEqualTo(HANDLER);
        assertThat(pass("env AWS_LAMBDA_EXEC_WRAPPER").stdout()).isEqualTo("null");
        assertThat(pass("env LAMBDA_TASK_ROOT").stdout()).isEqualTo("/var/task");
        assertThat(pass("env AWS_LAMBDA_RUNTIME_API").stdout())
                .startsWith("127.0.0.1:")
                .isNotEqualTo(function.run("echo -n $AWS_LAMBDA_RUNTIME_API").out());
    }

    @Clause({"H2", "H6"})
    @Test
    void anEventIsPassedManyTimes() {
        ObjectNode step = event("many");
        step.withObject("/event").put("invocations", 5).put("warmup", 2);

        Answer.Step many = function.invoke(request(step)).steps.get(0);

        assertThat(many.stdout()).isEqualTo("\"many\"");
        assertThat(many.stderr().lines().filter(line -> line.startsWith("call ")))
                .hasSize(7);
        assertThat(handler(many).get("durationsMillis")).hasSize(5);
        assertThat(handler(many).get("failed").asInt()).isZero();
        assertThat(handler(many).at("/growth/threads").isInt()).isTrue();
        assertThat(handler(many).at("/growth/heapBytes").isIntegralNumber())
                .as("%s", many.members())
                .isTrue();
    }

    @Test
    void manyEventsLeaveTheMemoryToTheHandler() {
        ObjectNode step = event("many");
        step.withObject("/event").put("invocations", 1500);

        Answer answer = function.invoke(
                request(step, Function.step("memory", "awk '/VmHWM/ {print int($2 / 1024)}' /proc/$PPID/status")));

        assertThat(Integer.parseInt(answer.steps.get(1).stdout().strip()))
                .as("the largest memory of the shell's JVM, in MB")
                .isLessThan(90);
    }

    @Clause("H2")
    @Test
    void contextAndIdentityArePassed() {
        ObjectNode step = event("context");
        step.withObject("/event")
                .put("clientContext", "{\"env\":{\"a\":\"b\"}}")
                .put("identity", "{\"cognitoIdentityId\":\"id-1\"}");

        assertThat(function.invoke(request(step)).steps.get(0).stdout()).isEqualTo("{a=b} id-1");
    }

    @Clause("H2")
    @Test
    void anEventIsFetchedFromAUrl() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/event", exchange -> {
            byte[] event = "\"fetched\"".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
            exchange.close();
        });
        server.start();
        try {
            ObjectNode step = event("url");
            step.withObject("/event")
                    .put("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/event")
                    .remove("payload");

            assertThat(function.invoke(request(step)).steps.get(0).stdout()).isEqualTo("\"fetched\"");
        } finally {
            server.stop(0);
        }
    }

    @Clause("H7")
    @Test
    void failuresHaveLambdasWords() {
        assertThat(error(pass("fail reason"))).isEqualTo("java.lang.IllegalArgumentException: reason");
        assertThat(error(pass("exit 3")))
                .matches("Runtime\\.ExitError: RequestId: \\S+ Error: Runtime exited with error: exit status 3");
        assertThat(error(pass("large 6291557"))).startsWith("Function.ResponseSizeTooLarge: ");
        assertThat(pass("large 6291556").stdout()).hasSize(6_291_556);
        Answer.Step late = function.invoke(request(event("sleep").put("timeoutMillis", 500)))
                .steps
                .get(0);
        assertThat(error(late)).startsWith(String.format(Locale.ROOT, "Sandbox.Timedout: Task timed out after 0.5"));
        assertThat(late.members().get("timedOut").asBoolean()).isTrue();
        assertThat(late.members().get("exitCode").asInt()).isEqualTo(1);
        assertThat(pass("on").stdout()).isEqualTo("\"on\"");
    }

    @Clause("H8")
    @Test
    void aSnapshotIsRehearsed() {
        ObjectNode request = request(event("env AWS_LAMBDA_INITIALIZATION_TYPE"));
        request.withObject("/handler").put("snapStart", true);

        Answer.Step first = function.invoke(request).steps.get(0);
        Answer.Step second = function.invoke(request).steps.get(0);

        assertThat(first.stdout()).isEqualTo("snap-start");
        assertThat(handler(first).get("restoreMillis").asDouble()).isPositive();
        assertThat(handler(second).has("restoreMillis")).isFalse();
    }
}
