package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.function.FakeRuntimeApi.Post;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same handler under AWS' own client, which buffers, and in a locale in which Java can't encode what is not ASCII. */
@Timeout(60)
class StockClientTest {
    @TempDir
    private static Path taskRoot;

    private static FakeRuntimeApi api;
    private static FunctionProcess function;

    @BeforeAll
    static void start() throws IOException {
        api = new FakeRuntimeApi();
        function = FunctionProcess.stock(taskRoot, api, Map.of("LANG", "C", "UMLAUT", "ü"));
    }

    @AfterAll
    static void end() {
        function.close();
        api.close();
    }

    private static Answer ask(Map<String, Object> request) throws Exception {
        api.invoke(Sandbox.JSON.writeValueAsBytes(request), Map.of());
        Post post = api.post();
        assertThat(post.path()).endsWith("/response");
        try (InputStream body = post.body()) {
            return Answer.read(body);
        }
    }

    @Test
    void framesArrive() throws Exception {
        Answer answer = ask(Sandbox.command("echo out; echo err >&2; exit 3"));
        assertThat(answer.out()).isEqualTo("out\n");
        assertThat(answer.err()).isEqualTo("err\n");
        assertThat(answer.exitCode()).isEqualTo(3);
    }

    @Test
    void anUmlautInACommandSurvives() throws Exception {
        Answer answer = ask(Sandbox.command("echo é €; nosuchä; echo $0 $LANG"));
        assertThat(answer.out()).isEqualTo("é €\nbash C\n");
        assertThat(answer.err()).isEqualTo("bash: line 1: $'nosuch\\303\\244': command not found\n");
    }

    @Test
    void anUmlautInTheFunctionsOwnEnvironmentSurvives() throws Exception {
        assertThat(ask(Sandbox.command("echo $UMLAUT")).out()).isEqualTo("ü\n");
    }

    @Test
    void anUmlautInTheRequestsEnvironmentSurvives() throws Exception {
        Map<String, Object> request = Sandbox.command("sh -c 'echo $CITY'; env | grep -c BASH_ENV");
        request.put("environment", Map.of("CITY", "Köln's"));
        assertThat(ask(request).out()).isEqualTo("Köln's\n0\n");
    }

    @Test
    void anUmlautInTheDirectorySurvives() throws Exception {
        Path directory = taskRoot.resolve("directory");
        ask(Sandbox.command("mkdir -p " + directory + "/ä"));
        Map<String, Object> request = Sandbox.command("pwd");
        request.put("workingDirectory", directory + "/ä");
        assertThat(ask(request).out()).isEqualTo(directory + "/ä\n");
    }

    @Test
    void anUmlautInTheStateSurvives() throws Exception {
        Map<String, Object> request = Sandbox.command("x=ö; export y=ß; mkdir -p /tmp/lshell-ü; cd /tmp/lshell-ü");
        request.put("wantState", true);
        Answer first = ask(request);
        assertThat(first.result().get("workingDirectory").asText()).isEqualTo("/tmp/lshell-ü");
        request.put("command", "echo $x $y; rmdir $PWD; pwd");
        request.put("state", first.result().get("state").asText());
        assertThat(ask(request).out()).isEqualTo("ö ß\n/tmp/lshell-ü\n");
    }

    @Test
    void aBadRequestIsAnAnswerAndNoFailure() throws Exception {
        api.invoke("no JSON".getBytes(), Map.of());
        Post post = api.post();
        try (InputStream body = post.body()) {
            assertThat(Sandbox.JSON
                            .readTree(body.readAllBytes())
                            .at("/error/type")
                            .asText())
                    .isEqualTo("BadRequest");
        }
        assertThat(post.path()).endsWith("/response");
    }
}
