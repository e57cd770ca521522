package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.function.FakeRuntimeApi.Post;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The project's own handler beside the shell, under AWS' own client. */
@Timeout(120)
class HandlerTest {
    private static final String HANDLERS = ProjectHandlers.class.getName();

    @TempDir
    private static Path taskRoot;

    @TempDir
    private Path tmp;

    private FakeRuntimeApi api;
    private FunctionProcess function;

    @BeforeAll
    static void unpack() throws IOException {
        FunctionProcess.taskRoot(taskRoot);
    }

    @BeforeEach
    void listen() throws IOException {
        api = new FakeRuntimeApi();
    }

    @AfterEach
    void end() {
        api.close();
        if (function != null) {
            function.close();
        }
    }

    private void start(Map<String, String> environment) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("TMPDIR", tmp.toString());
        function = FunctionProcess.withClient(taskRoot, api, all);
    }

    private static Map<String, Object> event(String payload) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("payload", Base64.getEncoder().encodeToString(payload.getBytes()));
        return event;
    }

    private static Map<String, Object> step(String member, Object value) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("name", "step");
        step.put(member, value);
        return step;
    }

    private static Map<String, Object> request(String handler, Object... steps) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("accept", "frames");
        request.put("handler", new LinkedHashMap<>(Map.of("name", HANDLERS + handler)));
        request.put("steps", List.of(steps));
        return request;
    }

    /** The answer's frames, divided by steps. */
    private record StepAnswer(byte[] out, String err, JsonNode end) {
        JsonNode handler() {
            return end.get("handler");
        }

        JsonNode error() {
            return handler().at("/errors/0");
        }

        JsonNode response() throws IOException {
            return Sandbox.JSON.readTree(out);
        }
    }

    private List<StepAnswer> ask(Map<String, Object> request) throws Exception {
        api.invoke(Sandbox.JSON.writeValueAsBytes(request), Map.of());
        Post post = api.post();
        List<StepAnswer> steps = new ArrayList<>();
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
        try (InputStream body = post.body()) {
            for (Answer.Frame frame = Answer.next(body); frame != null; frame = Answer.next(body)) {
                if (frame.channel() == 1) {
                    out.write(frame.bytes());
                } else if (frame.channel() == 2) {
                    err.write(frame.bytes());
                } else {
                    JsonNode json = Sandbox.JSON.readTree(frame.bytes());
                    if (json.get("type").asText().equals("step")) {
                        steps.add(new StepAnswer(out.toByteArray(), err.toString(), json));
                        out.reset();
                        err.reset();
                    } else {
                        assertThat(json.path("error").isMissingNode())
                                .as("%s", json)
                                .isTrue();
                    }
                }
            }
        }
        return steps;
    }

    private StepAnswer pass(String handler, Map<String, Object> event) throws Exception {
        return ask(request(handler, step("event", event))).get(0);
    }

    @Test
    void theHandlerAnswersUnderAwsOwnClientBesideTheShell() throws Exception {
        start(Map.of());
        List<StepAnswer> steps = ask(request(
                "$Echo::handleRequest",
                step("command", "tr '\\0' ' ' </proc/$HANDLER_PID/cmdline"),
                step("event", event("{\"order\":7}")),
                step("command", "echo $HANDLER_PID; ls /proc/$HANDLER_PID/task | wc -l")));
        assertThat(steps.get(0).out).asString().contains("AWSLambda " + HANDLERS + "$Echo::handleRequest");
        StepAnswer answer = steps.get(1);
        assertThat(answer.response().at("/event/order").asInt()).isEqualTo(7);
        assertThat(answer.response().get("handler").asText()).isEqualTo(HANDLERS + "$Echo::handleRequest");
        assertThat(answer.response().get("wrapper").asText()).isEqualTo("none");
        assertThat(answer.response().get("left").asInt()).isBetween(1000, 60_000);
        assertThat(answer.err).contains("echo is made\n", "echo is called\nto standard error\nby the logger\n");
        assertThat(answer.end.get("exitCode").asInt()).isZero();
        assertThat(answer.handler().get("durationsMillis")).hasSize(1);
        assertThat(answer.handler().get("initMillis").asDouble()).isPositive();
        assertThat(answer.handler().get("maxMemoryBytes").asLong()).isGreaterThan(10_000_000);
        assertThat(answer.handler().has("growth")).isFalse();
        assertThat(new String(steps.get(2).out).lines().findFirst())
                .contains(answer.response().get("pid").asText());
        assertThat(answer.handler().get("pid").asText())
                .isEqualTo(answer.response().get("pid").asText());
    }

    @Test
    void theProcessLivesOnUntilAnotherHandlerTakesItsPlace() throws Exception {
        start(Map.of());
        StepAnswer first = pass("$Echo", event("{}"));
        StepAnswer second = pass("$Echo", event("{}"));
        assertThat(second.response().get("calls").asInt()).isEqualTo(2);
        assertThat(second.handler().has("initMillis")).isFalse();
        assertThat(second.err).doesNotContain("echo is made");
        assertThat(pass("::greet", event("\"Ada\"")).out).asString().isEqualTo("\"Hello Ada\"");
        assertThat(Path.of("/proc/" + first.handler().get("pid"))).doesNotExist();
    }

    /** A session carries the shell's variables, but not this one. */
    @Test
    void aCommandWithStateFindsTheProcessThatReplacedAnother() throws Exception {
        start(Map.of());
        JsonNode first = command("kill -9 $HANDLER_PID; export PID=$HANDLER_PID", null);
        JsonNode second = command(
                "echo $PID $HANDLER_PID; kill -0 $HANDLER_PID",
                first.get("state").asText());
        String[] processes = second.get("stdout").asText().trim().split(" ");
        assertThat(processes).hasSize(2).doesNotHaveDuplicates();
        assertThat(second.get("exitCode").asInt()).isZero();
    }

    private JsonNode command(String command, String state) throws Exception {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("handler", Map.of("name", HANDLERS + "$Echo"));
        request.put("command", command);
        request.put("wantState", true);
        request.put("state", state);
        api.invoke(Sandbox.JSON.writeValueAsBytes(request), Map.of());
        try (InputStream body = api.post().body()) {
            return Sandbox.JSON.readTree(body);
        }
    }

    @Test
    void contextAndIdentityReachTheHandler() throws Exception {
        start(Map.of());
        Map<String, Object> event = event("{}");
        event.put("clientContext", "{\"env\":{\"a\":\"b\"}}");
        event.put("identity", "{\"cognitoIdentityId\":\"id-1\",\"cognitoIdentityPoolId\":\"pool-1\"}");
        JsonNode response = pass("$Echo", event).response();
        assertThat(response.get("environment").asText()).isEqualTo("{a=b}");
        assertThat(response.get("identity").asText()).isEqualTo("id-1");
    }

    @Test
    void eventsAndResponsesOfSixMegabytesPass() throws Exception {
        start(Map.of());
        byte[] large = new byte[6_291_556 - 2];
        Arrays.fill(large, (byte) 'x');
        String text = '"' + new String(large) + '"';
        assertThat(pass("$Copy", event(text)).out).isEqualTo(text.getBytes());
    }

    @Test
    void aResponseOfOneByteMoreIsRefusedAsLambdaDoes() throws Exception {
        start(Map.of());
        StepAnswer answer = pass("$Large", event("6291557"));
        assertThat(answer.out).isEmpty();
        assertThat(answer.end.get("exitCode").asInt()).isEqualTo(1);
        assertThat(answer.error().get("type").asText()).isEqualTo("Function.ResponseSizeTooLarge");
        assertThat(pass("$Large", event("6291556")).out).hasSize(6_291_556);
    }

    @Test
    void allThatIsLoggedArrives() throws Exception {
        start(Map.of());
        StepAnswer answer = pass("$Talker", event("1000000"));
        assertThat(answer.out).asString().isEqualTo("\"done\"");
        assertThat(answer.err).hasSize(100_000_000);
    }

    @Test
    void anExceptionHasItsTypeMessageAndStackTrace() throws Exception {
        start(Map.of());
        StepAnswer answer = pass("$Echo", event("{\"fail\":\"no order\"}"));
        assertThat(answer.end.get("exitCode").asInt()).isEqualTo(1);
        assertThat(answer.handler().get("failed").asInt()).isEqualTo(1);
        assertThat(answer.error().get("invocation").asInt()).isEqualTo(1);
        assertThat(answer.error().get("type").asText()).as(answer.err).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(answer.error().get("message").asText()).isEqualTo("no order");
        assertThat(answer.error().at("/stackTrace/0").asText()).contains("ProjectHandlers$Echo.handleRequest");
        assertThat(pass("$Echo", event("{}")).response().get("calls").asInt()).isEqualTo(1);
    }

    @Test
    void aHandlerThatIsMissingOrCannotBeMadeEndsTheStepWithTheRuntimesWords() throws Exception {
        start(Map.of());
        StepAnswer missing = pass("$Missing::handleRequest", event("{}"));
        assertThat(missing.error().get("type").asText()).isEqualTo("java.lang.ClassNotFoundException");
        assertThat(missing.error().get("message").asText()).contains("Class not found: " + HANDLERS + "$Missing");
        StepAnswer broken = pass("$Broken", event("{}"));
        assertThat(broken.error().get("invocation").asInt()).isZero();
        assertThat(broken.error().get("type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(broken.err).contains("about to fail");
        assertThat(broken.handler().get("durationsMillis")).isEmpty();
        assertThat(ask(request("$Broken", step("command", "echo alive"))).get(0).out)
                .asString()
                .isEqualTo("alive\n");
    }

    @Test
    void aProcessThatEndsWithItsFirstEventEndsTheStep() throws Exception {
        start(Map.of());
        Map<String, Object> often = event("1");
        often.put("invocations", 50);
        StepAnswer answer = pass("$Fatal", often);
        assertThat(answer.handler().get("failed").asInt()).isEqualTo(1);
        assertThat(answer.error().get("type").asText()).isEqualTo("java.lang.OutOfMemoryError");
    }

    @Test
    void theEndOfTheProcessIsToldInLambdasWordsAndTheNextEventStartsItAgain() throws Exception {
        start(Map.of());
        StepAnswer answer = pass("$Echo", event("{\"exit\":3}"));
        assertThat(answer.error().get("type").asText()).isEqualTo("Runtime.ExitError");
        assertThat(answer.error().get("message").asText())
                .matches("RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3");
        assertThat(answer.err).contains("echo is called");
        assertThat(pass("$Echo", event("{\"exit\":0}")).error().get("message").asText())
                .endsWith("Runtime exited without providing a reason");
        StepAnswer next = pass("$Echo", event("{}"));
        assertThat(next.response().get("calls").asInt()).isEqualTo(1);
        assertThat(next.handler().has("initMillis")).isTrue();
    }

    @Test
    void aTimeoutKillsTheProcessAndKeepsTheFiles() throws Exception {
        start(Map.of());
        Map<String, Object> event = event("{\"sleep\":60000}");
        event.put("invocations", 2);
        Map<String, Object> step = step("event", event);
        step.put("timeoutMillis", 700);
        List<StepAnswer> steps = ask(request(
                "$Echo", step("command", "echo kept >$TMPDIR/file"), step, step("command", "cat $TMPDIR/file")));
        StepAnswer answer = steps.get(1);
        assertThat(answer.end.get("timedOut").asBoolean()).isTrue();
        assertThat(answer.handler().get("failed").asInt()).isEqualTo(2);
        assertThat(answer.error().get("type").asText()).isEqualTo("Sandbox.Timedout");
        assertThat(answer.error().get("message").asText()).matches("Task timed out after 0\\.7\\d seconds");
        assertThat(answer.handler().get("durationsMillis").get(1).asDouble()).isBetween(700.0, 2000.0);
        assertThat(steps.get(2).out).asString().isEqualTo("kept\n");
        assertThat(pass("$Echo", event("{}")).response().get("calls").asInt()).isEqualTo(1);
    }

    @Test
    void growthIsMeasuredBetweenTheFirstAndTheLastCountedInvocation() throws Exception {
        start(Map.of());
        Map<String, Object> event = event("1");
        event.put("warmup", 2);
        event.put("invocations", 11);
        JsonNode leaky = pass("$Leak", event).handler();
        assertThat(leaky.get("durationsMillis")).hasSize(11);
        assertThat(leaky.at("/growth/descriptors").asInt()).isEqualTo(10);
        // A thread of the JVM's own, such as one that compiles, may end meanwhile.
        assertThat(leaky.at("/growth/threads").asInt()).isBetween(9, 11);
        assertThat(leaky.at("/growth/tmpBytes").asInt()).isEqualTo(10_000);
        assertThat(leaky.at("/growth/heapBytes").asInt()).isBetween(1_000_000, 1_200_000);
        JsonNode clean = pass("::greet", new LinkedHashMap<>(Map.of("payload", "IkEi", "invocations", 11)))
                .handler();
        assertThat(clean.at("/growth/descriptors").asInt()).isZero();
        assertThat(clean.at("/growth/threads").asInt()).isBetween(-1, 1);
        assertThat(clean.at("/growth/tmpBytes").asInt()).isZero();
        assertThat(clean.at("/growth/heapBytes").asInt()).isLessThan(200_000);
    }

    @Test
    void aSnapshotIsRehearsed() throws Exception {
        start(Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/f"));
        Map<String, Object> request = request("$Snapshot", step("event", event("1")));
        request.put("handler", Map.of("name", HANDLERS + "$Snapshot", "snapStart", true));
        StepAnswer answer = ask(request).get(0);
        assertThat(answer.response())
                .extracting(JsonNode::asText)
                .containsExactly(
                        "type snap-start", "key null", "group null", "credentials AKID", "without a token 403");
        assertThat(answer.handler().get("restoreMillis").asDouble()).isPositive();
        assertThat(ask(request).get(0).handler().has("restoreMillis")).isFalse();
    }

    @Test
    void aFailedRestoreIsReported() throws Exception {
        start(Map.of("FAIL_RESTORE", "true"));
        Map<String, Object> request = request("$Snapshot", step("event", event("1")));
        request.put("handler", Map.of("name", HANDLERS + "$Snapshot", "snapStart", true));
        StepAnswer answer = ask(request).get(0);
        assertThat(answer.error().get("invocation").asInt()).isZero();
        assertThat(answer.error().get("message").asText()).contains("RestoreException");
        assertThat(answer.err).contains("no restore");
    }

    @Test
    void aPublishedVersionsHandlerIsInTheSnapshotAndRestoredWithTheFirstEvent() throws Exception {
        start(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start", "LSHELL_HANDLER", HANDLERS + "$Echo"));
        Post restore = api.post();
        assertThat(restore.path()).isEqualTo("restore/next");
        List<Long> inSnapshot = ProcessHandle.of(function.pid())
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .toList();
        restore.body().close();
        StepAnswer answer = pass("$Echo", event("{}"));
        assertThat(inSnapshot).containsExactly(answer.handler().get("pid").asLong());
        assertThat(answer.handler().get("restoreMillis").asDouble()).isPositive();
        assertThat(pass("$Echo", event("{}")).response().get("calls").asInt()).isEqualTo(2);
    }

    @Test
    void aHandlerThatCannotBeInitializedMakesNoSnapshot() throws Exception {
        start(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start", "LSHELL_HANDLER", HANDLERS + "$Broken"));
        Post error = api.post();
        assertThat(error.path()).isEqualTo("init/error");
        try (InputStream body = error.body()) {
            assertThat(Sandbox.JSON.readTree(body).get("errorMessage").asText())
                    .startsWith("the handler " + HANDLERS + "$Broken could not be initialized: ");
        }
        assertThat(function.exitCode()).isEqualTo(1);
    }

    @Test
    void aUsersWrapperStartsTheHandlerOnly() throws Exception {
        Path wrapper = taskRoot.resolve("users-wrapper");
        Files.writeString(wrapper, "#!/bin/sh\necho wrapped \"$1\"\n\"$@\"\n");
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        start(Map.of("LSHELL_HANDLER_WRAPPER", wrapper.toString()));
        StepAnswer answer = pass("$Echo", event("{}"));
        assertThat(answer.err).contains("wrapped " + FunctionProcess.JAVA);
        assertThat(answer.response().get("wrapper").asText()).isEqualTo(wrapper.toString());
        assertThat(answer.handler().get("pid").asText())
                .isEqualTo(answer.response().get("pid").asText());
    }

    @Test
    void aWrapperThatIsMissingIsToldAsLambdaDoes() throws Exception {
        start(Map.of("LSHELL_HANDLER_WRAPPER", "/nowhere/wrapper"));
        assertThat(pass("$Echo", event("{}")).error().get("type").asText()).isEqualTo("Runtime.InvalidEntrypoint");
    }

    @Test
    void aCommandCannotTakeAnEvent() throws Exception {
        start(Map.of());
        List<StepAnswer> steps = ask(
                request(
                        "$Echo",
                        step("event", event("{}")),
                        step(
                                "command",
                                "api=$(tr '\\0' '\\n' </proc/$HANDLER_PID/environ | sed -n 's/^AWS_LAMBDA_RUNTIME_API=//p');"
                                        + " exec 3<>/dev/tcp/${api%:*}/${api#*:}; printf 'GET / HTTP/1.1\\r\\n\\r\\n' >&3; head -1 <&3; echo end")));
        assertThat(steps.get(1).out).asString().isEqualTo("end\n");
    }
}
