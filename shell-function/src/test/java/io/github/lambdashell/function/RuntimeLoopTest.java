package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.function.FakeRuntimeApi.Post;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The function as Lambda starts it: a process behind the wrapper script that talks to the Runtime API. */
@Timeout(60)
class RuntimeLoopTest {
    @TempDir
    private static Path taskRoot;

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

    private void start(Map<String, String> environment, String... flags) throws IOException {
        function = FunctionProcess.wrapped("sh", taskRoot, api, environment, flags);
    }

    private void invoke(Map<String, ?> request) throws IOException {
        api.invoke(Sandbox.JSON.writeValueAsBytes(request), Map.of());
    }

    private Answer answer(String command) throws Exception {
        invoke(Sandbox.command(command));
        try (InputStream body = api.post().body()) {
            return Answer.read(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void theWrapperRunsUnderAnyShell(String shell) throws Exception {
        function = FunctionProcess.wrapped(shell, taskRoot, api, Map.of());
        assertThat(answer("echo hi; exit 3").out()).isEqualTo("hi\n");
        assertThat(answer("exit 3").exitCode()).isEqualTo(3);
    }

    @Test
    void eachLineArrivesWhenItIsWritten() throws Exception {
        start(Map.of());
        Path go = taskRoot.resolve("go");
        invoke(Sandbox.command("echo one; while [ ! -e " + go + " ]; do sleep .01; done; echo two"));
        Post post = api.post();
        try (InputStream body = post.body()) {
            assertThat(Answer.next(body).text()).isEqualTo("one\n");
            Files.createFile(go);
            assertThat(Answer.next(body).text()).isEqualTo("two\n");
            assertThat(Answer.next(body).json().get("exitCode").asInt()).isZero();
            assertThat(Answer.next(body)).isNull();
        }
        assertThat(post.path()).isEqualTo("invocation/request-1/response");
        assertThat(post.headers().getFirst("Lambda-Runtime-Function-Response-Mode"))
                .isEqualTo("streaming");
        assertThat(post.headers().getFirst("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(post.headers().getFirst("Content-Type")).isEqualTo("application/octet-stream");
    }

    @Test
    void plainJsonSaysSoInItsContentTypeAndIsLogged() throws Exception {
        start(Map.of());
        invoke(Map.of("cmd", "echo hi; echo oops >&2"));
        Post post = api.post();
        try (InputStream body = post.body()) {
            JsonNode json = Sandbox.JSON.readTree(body.readAllBytes());
            assertThat(json.get("stdout").asText()).isEqualTo("hi\n");
        }
        assertThat(post.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(function.log()).contains("hi\n", "oops\n");
    }

    @Test
    void framesStayOutOfTheLog() throws Exception {
        start(Map.of());
        answer("echo secret");
        assertThat(function.log()).isEmpty();
    }

    @Test
    void theAttemptAtAnInvocationIsEchoed() throws Exception {
        start(Map.of());
        api.invoke(
                Sandbox.JSON.writeValueAsBytes(Sandbox.command("true")),
                Map.of("Lambda-Runtime-Invocation-Id", "attempt-7"));
        Post post = api.post();
        post.body().close();
        assertThat(post.headers().getFirst("Lambda-Runtime-Invocation-Id")).isEqualTo("attempt-7");
    }

    @Test
    void theDeadlineIsTheHeaders() throws Exception {
        start(Map.of());
        api.invoke(
                Sandbox.JSON.writeValueAsBytes(Sandbox.command("sleep 600")),
                Map.of("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 2000)));
        try (InputStream body = api.post().body()) {
            assertThat(Answer.read(body).result().get("timedOut").asBoolean()).isTrue();
        }
    }

    @Test
    void aFunctionWhoseHandlerCannotBeMadeSaysSoAndEnds() throws Exception {
        start(Map.of("_HANDLER", "java.lang.String"));
        Post post = api.post();
        try (InputStream body = post.body()) {
            JsonNode error = Sandbox.JSON.readTree(body.readAllBytes());
            assertThat(error.get("errorType").asText()).isEqualTo("java.lang.ClassCastException");
            assertThat(error.get("errorMessage").asText()).contains("String");
            assertThat(error.get("stackTrace").isArray()).isTrue();
        }
        assertThat(post.path()).isEqualTo("init/error");
        assertThat(post.headers().getFirst("Lambda-Runtime-Function-Error-Type"))
                .isEqualTo("java.lang.ClassCastException");
        assertThat(function.exitCode()).isEqualTo(1);
    }

    @Test
    void aHandlerThatFailsIsReportedAndTheNextInvocationServed() throws Exception {
        Path classes = taskRoot.resolve(".lshell/io/github/lambdashell/function");
        String failing = "FailingHandler.class";
        Files.copy(
                Path.of(URI.create(FailingHandler.class.getResource(failing).toString())),
                classes.resolve(failing),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        start(Map.of("_HANDLER", FailingHandler.class.getName()));
        for (int i = 1; i <= 2; i++) {
            invoke(Map.of());
            Post post = api.post();
            try (InputStream body = post.body()) {
                assertThat(Sandbox.JSON
                                .readTree(body.readAllBytes())
                                .get("errorMessage")
                                .asText())
                        .isEqualTo("failed before it wrote");
            }
            assertThat(post.path()).isEqualTo("invocation/request-" + i + "/error");
            assertThat(post.headers().getFirst("Lambda-Runtime-Function-Error-Type"))
                    .isEqualTo("java.lang.IllegalStateException");
        }
    }

    @Test
    void aPublishedVersionWaitsForItsRestoreBeforeItTakesInvocations() throws Exception {
        start(Map.of(
                "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9001/credentials"));
        invoke(Sandbox.command("echo $AWS_LAMBDA_INITIALIZATION_TYPE $AWS_CONTAINER_CREDENTIALS_FULL_URI"));
        Post restore = api.post();
        assertThat(restore.path()).isEqualTo("restore/next");
        restore.body().close();
        try (InputStream body = api.post().body()) {
            assertThat(Answer.read(body).out()).isEqualTo("snap-start http://127.0.0.1:9001/credentials\n");
        }
    }

    @Test
    void theFunctionEndsWhenTheRuntimeApiIsGone() throws Exception {
        start(Map.of());
        answer("true");
        api.close();
        assertThat(function.exitCode()).isEqualTo(1);
    }

    @Test
    void commandsGetTheLocaleThatTheFunctionHad() throws Exception {
        start(Map.of("LANG", "xx_YY.UTF-8"));
        assertThat(answer("echo ${LC_ALL-unset} $LANG; env | grep -c _LSHELL").out())
                .isEqualTo("unset xx_YY.UTF-8\n0\n");
        assertThat(answer("echo é; printf %s $'\\303\\251' | od -An -tx1").out())
                .isEqualTo("é\n c3 a9\n");
    }

    @Test
    void commandsGetTheLcAllThatTheFunctionHad() throws Exception {
        start(Map.of("LC_ALL", "POSIX"));
        assertThat(answer("echo $LC_ALL é").out()).isEqualTo("POSIX é\n");
    }

    @Test
    void commandsGetTheJavaOptionsAndTheHeapIsWhatTheRuntimeSays() throws Exception {
        start(Map.of("JAVA_TOOL_OPTIONS", "-Dfoo=bar"), "-Xmx60m", "-XX:+UseParallelGC", "-XX:MaxMetaspaceSize=99m");
        String own = "tr '\\0' ' ' < /proc/" + function.pid() + "/cmdline";
        Answer answer = answer("echo $JAVA_TOOL_OPTIONS; " + own);
        assertThat(answer.out()).startsWith("-Dfoo=bar\n").contains(" -Xmx60m ", " -XX:MaxMetaspaceSize=99m ");
        assertThat(answer.out().split(" \\S*RuntimeLoop ")[0]).doesNotContain("Parallel");
    }

    @Test
    void theTraceHeaderMarksTheCommand() throws Exception {
        start(Map.of());
        assertThat(answer("echo $_X_AMZN_TRACE_ID").out())
                .isEqualTo("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e701;Sampled=0\n");
    }
}
