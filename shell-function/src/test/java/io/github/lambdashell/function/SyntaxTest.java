package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.function.state.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a line is a whole command. */
@Timeout(60)
class SyntaxTest {
    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        sandbox = new Sandbox();
    }

    private JsonNode check(String command) throws IOException {
        Map<String, Object> request = Sandbox.command(command);
        request.put("syntaxOnly", true);
        return sandbox.ask(request).result();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo hi",
                "",
                "   ",
                "# comment",
                "if true; then echo; fi",
                "cat <<EOF\nhi\nEOF",
                "echo 'a\nb'",
                "echo a \\\\",
                "f() { echo; }",
                "echo a |\ncat",
                "echo $(ls)",
                "touch /tmp/lshell-must-not-be",
                "exit 3",
                "exec false",
                "echo é",
                "echo \"it's\""
            })
    void wholeCommandsAreComplete(String command) throws Exception {
        JsonNode result = check(command);
        assertThat(result.get("syntax").asText()).isEqualTo("complete");
        assertThat(result.get("message").asText()).isEmpty();
        assertThat(result.has("exitCode")).isFalse();
        assertThat(Files.exists(Path.of("/tmp/lshell-must-not-be"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 'a",
                "echo \"a",
                "echo `a",
                "echo $(a",
                "echo ${a",
                "echo $((1 + ",
                "a=(1 2",
                "if true",
                "if true; then",
                "for i in 1 2; do echo",
                "while :; do",
                "case a in",
                "f() {",
                "{ echo",
                "(echo",
                "echo a |",
                "echo a &&",
                "cat <<EOF",
                "cat <<EOF\nhi",
                "if true; then cat <<EOF\nhi",
                "cat <<A <<B\na\nA\n",
                "echo a \\",
                "echo a \\\\\\"
            })
    void beginningsAreIncomplete(String command) throws Exception {
        assertThat(check(command).get("syntax").asText()).isEqualTo("incomplete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fi", "echo )", "echo a; ; echo", "if; then", "cat <", "fi; echo 'open"})
    void inputThatCannotBeCompletedIsInvalid(String command) throws Exception {
        JsonNode result = check(command);
        assertThat(result.get("syntax").asText()).isEqualTo("invalid");
        assertThat(result.get("message").asText()).contains("line ");
    }

    @Test
    void optionsAndAliasesOfTheSessionCount() throws Exception {
        assertThat(check("echo !(a)").get("syntax").asText()).isEqualTo("invalid");
        Map<String, Object> request = Sandbox.command("shopt -s extglob; alias open='if true; then'");
        request.put("wantState", true);
        String state = sandbox.ask(request).result().get("state").asText();

        request.put("syntaxOnly", true);
        request.put("state", state);
        request.put("command", "echo !(a)");
        assertThat(sandbox.ask(request).result().get("syntax").asText()).isEqualTo("complete");
        request.put("command", "open echo");
        assertThat(sandbox.ask(request).result().get("syntax").asText()).isEqualTo("incomplete");
    }

    @Test
    void aLongTextIsParsedToo() throws Exception {
        assertThat(check("echo x\n".repeat(100_000)).get("syntax").asText()).isEqualTo("complete");
        assertThat(check("echo x\n".repeat(100_000) + "'").get("syntax").asText())
                .isEqualTo("incomplete");
    }

    @Test
    void shReportsToo(@TempDir Path directory) throws Exception {
        Files.copy(Path.of("/bin/sh"), directory.resolve("sh"), StandardCopyOption.COPY_ATTRIBUTES);
        sandbox = new Sandbox(Shell.find(directory.toString()), Duration.ofSeconds(10));

        assertThat(check("echo hi").get("syntax").asText()).isEqualTo("complete");
        for (String beginning :
                new String[] {"echo 'a", "echo `a", "echo ${a", "echo $((1", "if true", "f() {", "a &&", "a \\"}) {
            assertThat(check(beginning).get("syntax").asText()).as(beginning).isEqualTo("incomplete");
        }
        assertThat(check("fi").get("syntax").asText()).isEqualTo("invalid");
    }
}
