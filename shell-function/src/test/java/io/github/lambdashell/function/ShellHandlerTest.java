package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.function.state.Shell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests and their answers. */
@Timeout(60)
class ShellHandlerTest {
    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        sandbox = new Sandbox();
    }

    @Test
    void theResultDescribesTheSandboxAndItsInvocations() throws Exception {
        JsonNode first = sandbox.run("true").result();
        JsonNode second = sandbox.run("true").result();
        JsonNode other = new Sandbox().run("true").result();

        assertThat(first.get("invocation").asInt()).isEqualTo(1);
        assertThat(second.get("invocation").asInt()).isEqualTo(2);
        assertThat(first.get("sandbox").asText())
                .hasSize(16)
                .isEqualTo(second.get("sandbox").asText());
        assertThat(other.get("sandbox").asText())
                .isNotEqualTo(first.get("sandbox").asText());
        assertThat(first.get("durationMillis").isIntegralNumber()).isTrue();
    }

    @Test
    void anEnvironmentThatIsRestoredFromASnapshotHasAnIdOfItsOwn() throws Exception {
        String before = sandbox.run("true").result().get("sandbox").asText();
        sandbox.restore();
        String after = sandbox.run("true").result().get("sandbox").asText();

        assertThat(after).hasSize(16).isNotEqualTo(before);
    }

    @Test
    void plainJsonIsTheDefaultAndCmdAnAlias() throws Exception {
        JsonNode answer = sandbox.askPlainly(Map.of("cmd", "echo hi; echo oops >&2; exit 3", "unknown", List.of(1)));

        assertThat(answer.get("stdout").asText()).isEqualTo("hi\n");
        assertThat(answer.get("stderr").asText()).isEqualTo("oops\n");
        assertThat(answer.get("exitCode").asInt()).isEqualTo(3);
        assertThat(answer.get("truncated").asBoolean()).isFalse();
        assertThat(answer.has("stdoutBase64")).isFalse();
        assertThat(sandbox.log.toString()).contains("hi\n", "oops\n");
    }

    @Test
    void bytesThatAreNotUtf8ComeInBase64Too() throws Exception {
        JsonNode answer = sandbox.askPlainly(Map.of("command", "printf 'a\\377'; printf 'ä\\0' >&2"));

        assertThat(answer.get("stdout").asText()).isEqualTo("a\ufffd");
        assertThat(answer.get("stdoutBase64").binaryValue()).isEqualTo(new byte[] {'a', (byte) 0xff});
        assertThat(answer.get("stderr").asText()).isEqualTo("ä\0");
        assertThat(answer.has("stderrBase64")).isFalse();
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                Arguments.of("head -c 5900000 /dev/zero | tr '\\0' x", false),
                Arguments.of("head -c 20000000 /dev/zero | tr '\\0' x", true),
                Arguments.of("head -c 20000000 /dev/zero | tr '\\0' x >&2", true),
                Arguments.of("head -c 5900000 /dev/zero", true),
                Arguments.of("head -c 5900000 /dev/urandom", true),
                Arguments.of("for i in {1..3000}; do printf 'ä%.0s' {1..1000}; done", true),
                Arguments.of("yes é | head -n 3000000; yes ü | head -n 3000000 >&2", true));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void outputBeyondWhatAResponseHoldsIsCut(String command, boolean truncated) throws Exception {
        byte[] raw = sandbox.raw(Sandbox.JSON.writeValueAsBytes(Map.of("command", command)), null);
        JsonNode answer = Sandbox.JSON.readTree(raw);

        assertThat(raw.length).isLessThanOrEqualTo(6_000_000);
        assertThat(answer.get("truncated").asBoolean()).isEqualTo(truncated);
        assertThat(answer.get("exitCode").asInt()).isZero();
        assertThat(answer.get("stdout").asText() + answer.get("stderr").asText())
                .isNotEmpty();
        if (!command.contains("random")) {
            assertThat(answer.has("stdoutBase64")).isFalse();
            assertThat(raw.length).isGreaterThan(5_000_000);
        }
    }

    @Test
    void stepsRunOneAfterTheOtherEachInAFreshShell() throws Exception {
        Map<String, Object> request = new HashMap<>();
        request.put("accept", "frames");
        request.put("environment", Map.of("A", "request", "B", "request"));
        request.put(
                "steps",
                List.of(
                        Map.of("name", "one", "command", "echo $A $B; X=1; exit 2", "environment", Map.of("B", "own")),
                        Map.of("name", "two", "command", "echo never", "skipAfterFailure", true),
                        Map.of(
                                "name",
                                "three",
                                "command",
                                "cat; pwd; echo [$X]",
                                "stdin",
                                "aGk=",
                                "workingDirectory",
                                "/"),
                        Map.of("name", "four", "command", "echo four; sleep 600", "timeoutMillis", 200),
                        Map.of("name", "five", "command", "exit 5")));
        Answer answer = sandbox.ask(request);

        assertThat(answer.out()).isEqualTo("request own\nhi/\n[]\nfour\n");
        List<JsonNode> steps = answer.events().subList(0, answer.events().size() - 1);
        assertThat(steps).allMatch(step -> step.get("type").asText().equals("step"));
        assertThat(steps.stream().map(step -> step.get("name").asText()))
                .containsExactly("one", "two", "three", "four", "five");
        assertThat(steps.get(0).get("exitCode").asInt()).isEqualTo(2);
        assertThat(steps.get(1).get("skipped").asBoolean()).isTrue();
        assertThat(steps.get(1).has("exitCode")).isFalse();
        assertThat(steps.get(3).get("timedOut").asBoolean()).isTrue();
        assertThat(answer.exitCode()).isEqualTo(5);
        assertThat(answer.result().get("timedOut").asBoolean()).isTrue();
    }

    @Test
    void aStepsOutputComesBeforeItsEnd() throws Exception {
        List<String> order = new ArrayList<>();
        byte[] raw = sandbox.raw(
                Sandbox.JSON.writeValueAsBytes(Map.of(
                        "accept",
                        "frames",
                        "steps",
                        List.of(
                                Map.of("name", "a", "command", "echo 1; sleep .05; echo 2"),
                                Map.of("name", "b", "command", "echo 3")))),
                null);
        var in = new java.io.ByteArrayInputStream(raw);
        for (Answer.Frame frame = Answer.next(in); frame != null; frame = Answer.next(in)) {
            order.add(frame.channel() == 3 ? frame.json().get("type").asText() : frame.text());
        }
        assertThat(order).containsExactly("1\n", "2\n", "step", "3\n", "step", "result");
    }

    @Test
    void stepsThatNoTimeIsLeftForAreSkipped() throws Exception {
        Map<String, Object> request = new HashMap<>();
        request.put("accept", "frames");
        request.put("timeoutMillis", 200);
        request.put(
                "steps",
                List.of(Map.of("name", "a", "command", "sleep 600"), Map.of("name", "b", "command", "echo never")));
        Answer answer = sandbox.ask(request);

        assertThat(answer.out()).isEmpty();
        assertThat(answer.events().get(1).get("skipped").asBoolean()).isTrue();
    }

    @Test
    void aStepThatCannotStartSaysWhyAndTheOthersRun() throws Exception {
        Answer answer = sandbox.ask(Map.of(
                "accept",
                "frames",
                "steps",
                List.of(
                        Map.of("name", "a", "command", "true", "workingDirectory", "/no/such"),
                        Map.of("name", "b", "command", "echo cleanup"))));

        assertThat(answer.events().get(0).at("/error/type").asText()).isEqualTo("CannotStart");
        assertThat(answer.result().at("/error/message").asText()).isEqualTo("there is no directory /no/such");
        assertThat(answer.out()).isEqualTo("cleanup\n");
    }

    @Test
    void environmentChangesAddReplaceAndRemove() throws Exception {
        Map<String, String> changes = new HashMap<>();
        changes.put("NEW", "a=b c\n$HOME");
        changes.put("HOME", "/elsewhere");
        changes.put("PATH", null);
        Map<String, Object> request = Sandbox.command("echo \"$NEW|$HOME\"; export -p | grep -c ' PATH='");
        request.put("environment", changes);
        // Without PATH bash has its own.
        assertThat(sandbox.ask(request).out()).isEqualTo("a=b c\n$HOME|/elsewhere\n0\n");
    }

    @Test
    void aTooLargeEnvironmentIsRefused() throws Exception {
        Map<String, Object> request = Sandbox.command("true");
        request.put("environment", Map.of("LARGE", "x".repeat(200_000)));
        JsonNode result = sandbox.ask(request).result();

        assertThat(result.at("/error/type").asText()).isEqualTo("CannotStart");
        assertThat(result.at("/error/message").asText()).containsIgnoringCase("argument list too long");
        assertThat(result.has("exitCode")).isFalse();
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
                Arguments.of("", "not JSON"),
                Arguments.of("{", "not JSON"),
                Arguments.of("[]", "must be a JSON object"),
                Arguments.of("\"ls\"", "must be a JSON object"),
                Arguments.of("{}", "`command` or `steps` is required"),
                Arguments.of("{'command':null}", "`command` or `steps` is required"),
                Arguments.of("{'command':5}", "`command` must be a string"),
                Arguments.of("{'command':['ls']}", "`command` must be a string"),
                Arguments.of("{'cmd':true}", "`cmd` must be a string"),
                Arguments.of("{'command':'ls','steps':[]}", "mutually exclusive"),
                Arguments.of("{'steps':[]}", "`steps` must not be empty"),
                Arguments.of("{'steps':{}}", "`steps` must be an array"),
                Arguments.of("{'steps':['ls']}", "must be a JSON object"),
                Arguments.of("{'steps':[{'command':'ls'}]}", "needs `name`, and `command` or `event`"),
                Arguments.of("{'steps':[{'name':'a'}]}", "needs `name`, and `command` or `event`"),
                Arguments.of("{'steps':[{'name':'a','command':'ls'}],'wantState':true}", "need `command` instead"),
                Arguments.of("{'command':'a\\u0000b'}", "NUL"),
                Arguments.of("{'command':'ls','workingDirectory':'\\u0000'}", "NUL"),
                Arguments.of("{'command':'ls','workingDirectory':1}", "`workingDirectory` must be a string"),
                Arguments.of("{'command':'ls','stdin':'***'}", "`stdin` is not base64"),
                Arguments.of("{'command':'ls','environment':[]}", "`environment` must be an object"),
                Arguments.of("{'command':'ls','environment':{'A':1}}", "`environment.A` must be a string or null"),
                Arguments.of("{'command':'ls','environment':{'A=B':'1'}}", "name"),
                Arguments.of("{'command':'ls','environment':{'':'1'}}", "name"),
                Arguments.of("{'command':'ls','timeoutMillis':'1'}", "`timeoutMillis` must be a number"),
                Arguments.of("{'command':'ls','timeoutMillis':0}", "`timeoutMillis` must be at least 1"),
                Arguments.of("{'command':'ls','accept':'xml'}", "`accept`"),
                Arguments.of("{'command':'ls','accept':1}", "`accept`"),
                Arguments.of("{'command':'ls','wantState':'yes'}", "`wantState` must be true or false"),
                Arguments.of("{'command':'ls','state':'AAAA'}", "`state` is not the state of an earlier result"),
                Arguments.of("{'command':'ls','state':'?'}", "`state` is not the state of an earlier result"),
                Arguments.of("{'command':'ls','control':'x'}", "`control` must be a JSON object"),
                Arguments.of("{'command':'ls','control':{}}", "`control` needs the `url`"),
                Arguments.of("{'command':'ls','control':{'url':'file:///etc/passwd'}}", "`control` needs the `url`"));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void badRequestsAreAnsweredInWords(String request, String words) throws Exception {
        JsonNode answer =
                Sandbox.JSON.readTree(sandbox.raw(request.replace('\'', '"').getBytes(StandardCharsets.UTF_8), null));

        assertThat(answer.at("/error/type").asText()).isEqualTo("BadRequest");
        assertThat(answer.at("/error/message").asText()).contains(words);
        assertThat(answer.has("exitCode")).isFalse();
        assertThat(answer.get("invocation").asInt()).isEqualTo(1);
    }

    @Test
    void aBadRequestForFramesIsAnsweredInFrames() throws Exception {
        assertThat(sandbox.ask(Map.of("accept", "frames"))
                        .result()
                        .at("/error/type")
                        .asText())
                .isEqualTo("BadRequest");
    }

    @Test
    void aSandboxWithoutAShellSaysSo() throws Exception {
        JsonNode error =
                new Sandbox(null, Duration.ofSeconds(1)).run("true").result().get("error");
        assertThat(error.get("type").asText()).isEqualTo("NoShell");
        assertThat(error.get("message").asText()).contains("bash", "sh", "PATH");
    }

    @Test
    void silenceIsBrokenByHeartbeats() throws Exception {
        Sandbox eager = new Sandbox(Shell.find(System.getenv("PATH")), Duration.ofMillis(500));
        Answer answer = eager.run("echo a; sleep 2.5; echo b");
        assertThat(answer.events().size()).isBetween(2, 5);
        assertThat(answer.events().get(0).toString()).isEqualTo("{\"type\":\"heartbeat\"}");
        assertThat(answer.out()).isEqualTo("a\nb\n");
    }

    @Test
    void aClientThatIsGoneEndsTheCommand() throws Exception {
        String seconds = "6" + System.nanoTime() % 1_000_000;
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("gone");
            }
        };
        byte[] request = Sandbox.JSON.writeValueAsBytes(Sandbox.command("echo a; sleep " + seconds));
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> sandbox.handler().handleRequest(new java.io.ByteArrayInputStream(request), broken, null))
                .hasMessage("gone");
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").endsWith(seconds)))
                .isEmpty();
    }

    @Test
    void nothingOfOursIsInACommandsEnvironment() throws Exception {
        Map<String, Object> request = Sandbox.command("env -0; ls -A /proc/self/fd | wc -l");
        request.put("control", Map.of("url", "http://127.0.0.1:9/secret"));
        List<String> variables = Arrays.asList(sandbox.ask(request).out().split("\0"));
        assertThat(variables).noneMatch(variable -> variable.contains("secret") || variable.startsWith("_LSHELL"));
        assertThat(variables).anyMatch(variable -> variable.startsWith("_X_AMZN_TRACE_ID=Root=1-"));
        // Standard input, output and error, and the directory that is listed.
        assertThat(variables.get(variables.size() - 1)).isEqualTo("4\n");
    }

    @Test
    void theHandlersOwnDirectoryIsTheDefault() throws Exception {
        assertThat(sandbox.run("pwd -P").out().trim())
                .isEqualTo(java.nio.file.Path.of("").toRealPath().toString());
        assertThat(Files.exists(java.nio.file.Path.of("/nonexistent"))).isFalse();
    }

    @Test
    void stdinIsBase64() throws Exception {
        Map<String, Object> request = Sandbox.command("cat");
        request.put("stdin", Base64.getEncoder().encodeToString(new byte[] {0, 1, (byte) 0xff}));
        assertThat(sandbox.ask(request).stdout()).isEqualTo(new byte[] {0, 1, (byte) 0xff});
    }
}
