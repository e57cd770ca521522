package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard input and signals that come while a command runs, from something that answers like a bucket. */
@Timeout(60)
class ControlReceiverTest {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final AtomicInteger looks = new AtomicInteger();
    private HttpServer bucket;
    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        sandbox = new Sandbox();
        bucket = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bucket.createContext("/", exchange -> {
            looks.incrementAndGet();
            byte[] object = objects.get(exchange.getRequestURI().getPath());
            // Without the right to list the bucket S3 says 403 for what is not there, with it 404.
            byte[] answer = object == null ? "<Error>no such key</Error>".getBytes() : object;
            exchange.sendResponseHeaders(object != null ? 200 : looks.get() % 2 == 0 ? 403 : 404, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        bucket.start();
    }

    @AfterEach
    void end() {
        bucket.stop(0);
    }

    private String url(String name) {
        return "http://127.0.0.1:" + bucket.getAddress().getPort() + "/" + name + "?X-Amz-Signature=secret";
    }

    private void put(String name, Map<String, ?> message) throws IOException {
        objects.put("/" + name, Sandbox.JSON.writeValueAsBytes(message));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes());
    }

    private Map<String, Object> request(String command) {
        Map<String, Object> request = Sandbox.command(command);
        request.put("control", Map.of("url", url("1")));
        return request;
    }

    /** Does something a little later. */
    private static Thread later(Action action) {
        Thread thread = new Thread(() -> {
            try {
                Thread.sleep(500);
                action.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    private interface Action {
        void run() throws Exception;
    }

    @Test
    void standardInputArrivesPieceByPieceUntilItIsClosed() throws Exception {
        Map<String, Object> request = request("while read x; do echo \"got $x\"; done; echo end");
        request.put("stdin", base64("zero\n"));
        put("1", Map.of("stdin", base64("one\n"), "next", url("2")));
        Thread later = later(() -> {
            put("3", Map.of("closeStdin", true));
            put("2", Map.of("stdin", base64("two\nthr"), "next", url("2b")));
            put("2b", Map.of("stdin", base64("ee\n"), "next", url("3")));
        });
        Answer answer = sandbox.ask(request);
        later.join();

        assertThat(answer.out()).isEqualTo("got zero\ngot one\ngot two\ngot three\nend\n");
        assertThat(answer.result().get("interrupted").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "KILL, 137"})
    void aSignalEndsAllThatTheCommandStarted(String signal, int exitCode) throws Exception {
        if (signal.equals("INT")) {
            CtrlC.assumeHeeded();
        }
        String seconds = "6" + System.nanoTime() % 1_000_000;
        put("1", Map.of("signal", signal));
        Answer answer = sandbox.ask(request("echo begun; sleep " + seconds + " & sleep " + seconds + "; echo never"));

        assertThat(answer.out()).isEqualTo("begun\n");
        assertThat(answer.exitCode()).isEqualTo(exitCode);
        assertThat(answer.result().get("interrupted").asBoolean()).isTrue();
        assertThat(answer.result().get("timedOut").asBoolean()).isFalse();
        assertThat(answer.result().get("durationMillis").asLong()).isLessThan(10_000);
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").endsWith(seconds)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trap '' INT; sleep 600; sleep 600", "setsid sleep 600", "cat", "sleep 600 & exit"})
    void nothingCanIgnoreCtrlC(String command) throws Exception {
        later(() -> put("1", Map.of("signal", "INT"))).join();
        Answer answer = sandbox.ask(request(command));
        // The last one had ended before the first look, but for its straggler.
        assertThat(answer.exitCode()).isIn(130, 137, command.endsWith("exit") ? 0 : 130);
        assertThat(answer.result().get("interrupted").asBoolean()).isTrue();
    }

    @Test
    void aTrapOfTheCommandMaySayALastWord() throws Exception {
        CtrlC.assumeHeeded();
        put("1", Map.of("signal", "INT"));
        Answer answer = sandbox.ask(request("trap 'echo bye; exit 7' INT; sleep 600 & wait"));
        assertThat(answer.out()).isEqualTo("bye\n");
        assertThat(answer.exitCode()).isEqualTo(7);
    }

    @Test
    void aSignalEndsAllSteps() throws Exception {
        Map<String, Object> request = new HashMap<>();
        request.put("accept", "frames");
        request.put("control", Map.of("url", url("1")));
        request.put(
                "steps",
                List.of(Map.of("name", "a", "command", "sleep 600"), Map.of("name", "b", "command", "echo never")));
        put("1", Map.of("signal", "INT"));
        Answer answer = sandbox.ask(request);

        assertThat(answer.out()).isEmpty();
        assertThat(answer.events().stream().filter(event -> event.has("skipped")))
                .hasSize(1);
        assertThat(answer.result().get("interrupted").asBoolean()).isTrue();
    }

    @Test
    void aSignalOvertakesInputThatTheCommandDoesNotRead() throws Exception {
        CtrlC.assumeHeeded();
        put("1", Map.of("stdin", base64("x".repeat(1_000_000)), "next", url("2")));
        put("2", Map.of("signal", "INT"));
        assertThat(sandbox.ask(request("sleep 600")).exitCode()).isEqualTo(130);
    }

    @Test
    void inputThatTheCommandNeverReadsDoesNotFillTheMemory() throws Exception {
        Map<String, Object> request = request("sleep 1");
        for (int i = 1; i < 20; i++) {
            put(Integer.toString(i), Map.of("stdin", base64("x".repeat(1_000_000)), "next", url("" + (i + 1))));
        }
        sandbox.ask(request);
        assertThat(looks.get()).isLessThan(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"not JSON", "[]", "{\"signal\":\"HUP\"}", "{\"stdin\":\"*\"}", "{\"next\":\"file:///etc\"}"})
    void whatIsNoMessageCountsAsNotYetThere(String object) throws Exception {
        objects.put("/1", object.getBytes());
        Thread later = later(() -> put("1", Map.of("closeStdin", true)));
        assertThat(sandbox.ask(request("cat; echo end")).out()).isEqualTo("end\n");
        later.join();
    }

    @Test
    void aShortCommandIsNotSlowedByLooking() throws Exception {
        sandbox.ask(request("true"));
        assertThat(looks.get()).isZero();
    }

    @Test
    void theCommandContinuesWithoutAControlServer() throws Exception {
        Map<String, Object> request = Sandbox.command("sleep .5; echo end");
        request.put("control", Map.of("url", "http://127.0.0.1:1/secret"));
        Answer answer = sandbox.ask(request);
        assertThat(answer.out()).isEqualTo("end\n");
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void theUrlIsNowhereToBeSeen() throws Exception {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("command", "env; tr '\\0' ' ' < /proc/self/cmdline; sleep .4");
        plain.put("control", Map.of("url", url("1")));
        JsonNode answer = sandbox.askPlainly(plain);
        assertThat(answer.toString()).doesNotContain("secret");

        plain.put("control", Map.of("url", "secret://x"));
        assertThat(sandbox.askPlainly(plain).toString()).contains("BadRequest").doesNotContain("secret");
        plain.put("control", Map.of("url", 7));
        assertThat(sandbox.askPlainly(plain).toString()).contains("BadRequest");
        assertThat(sandbox.log.toString()).doesNotContain("secret");
    }
}
