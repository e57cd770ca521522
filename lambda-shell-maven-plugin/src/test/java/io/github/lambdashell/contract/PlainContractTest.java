package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainContractTest extends ContractTest {
    @Clause("P1")
    @Test
    void withoutAcceptTheAnswerIsOneObjectAndTheLogShowsTheOutput() {
        Function.Plain answer = function.invokePlain("{\"cmd\": \"echo out; echo err >&2; exit 3\"}");

        JsonNode json = answer.json();
        assertThat(json.get("stdout").asText()).isEqualTo("out\n");
        assertThat(json.get("stderr").asText()).isEqualTo("err\n");
        assertThat(json.has("stdoutBase64") || json.has("stderrBase64")).isFalse();
        assertThat(json.get("exitCode").asInt()).isEqualTo(3);
        assertThat(json.get("timedOut").asBoolean()).isFalse();
        assertThat(json.get("truncated").asBoolean()).isFalse();
        assertThat(json.has("sandbox") && json.has("invocation") && json.has("durationMillis"))
                .isTrue();
        assertThat(answer.log()).contains("out\n").contains("err\n").contains("REPORT RequestId");
    }

    @Clause("P1")
    @Test
    void stepsTellTheirEndsInOneObjectToo() {
        JsonNode json = function.invokePlain("{\"steps\": [{\"name\": \"one\", \"command\": \"echo a; exit 2\"},"
                        + " {\"name\": \"two\", \"command\": \"echo b\"}]}")
                .json();

        assertThat(json.get("stdout").asText()).isEqualTo("a\nb\n");
        assertThat(json.get("steps")).hasSize(2);
        assertThat(json.get("steps").get(0).get("name").asText()).isEqualTo("one");
        assertThat(json.get("steps").get(0).get("exitCode").asInt()).isEqualTo(2);
        assertThat(json.get("exitCode").asInt()).isZero();
    }

    @Clause("P2")
    @Test
    void whatIsNoTextComesAlsoInBase64() {
        JsonNode json = function.invokePlain(
                        "{\"accept\": \"json\", \"command\": \"printf 'a\\\\377b\\\\0'; printf 'é\\\\n\\\\1\\\"' >&2\"}")
                .json();

        assertThat(json.get("stdout").asText()).isEqualTo("a\ufffdb\0");
        assertThat(Base64.getDecoder().decode(json.get("stdoutBase64").asText()))
                .isEqualTo(new byte[] {'a', (byte) 255, 'b', 0});
        assertThat(json.get("stderr").asText()).isEqualTo("é\n\1\"");
        assertThat(json.has("stderrBase64")).isFalse();
    }

    @Clause("P3")
    @Test
    void whatABufferedResponseCanNotHoldIsCut() {
        String command = "{\"command\": \"head -c 9000000 /dev/zero | tr '\\\\0' x; echo rest >&2\"}";

        JsonNode json = function.invokePlain(command).json();

        assertThat(json.get("truncated").asBoolean()).isTrue();
        assertThat(json.get("stdout").asText()).matches("x{5000000,}");
        assertThat(json.get("exitCode").asInt()).isZero();
    }

    @Clause("P3")
    @Test
    void whatGrowsInTheAnswerIsCutUntilItFits() {
        JsonNode json = function.invokePlain("{\"command\": \"head -c 4000000 /dev/zero\"}")
                .json();

        assertThat(json.get("truncated").asBoolean()).isTrue();
        assertThat(json.get("stdout").asText()).matches("\\x00{500000,}");
    }

    @Clause({"R1", "R2", "T3"})
    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
                    {}
                    []
                    "text"
                    {"command": "true", "steps": []}
                    {"steps": []}
                    {"steps": [{"name": "no command"}]}
                    {"steps": [{"command": "no name"}]}
                    {"steps": ["none"]}
                    {"steps": {"name": "a", "command": "b"}}
                    {"steps": [{"name": "a", "command": "b"}], "wantState": true}
                    {"command": 5}
                    {"command": "a\\u0000b"}
                    {"command": "true", "stdin": "not base64!"}
                    {"command": "true", "stdin": ["aGk="]}
                    {"command": "true", "timeoutMillis": 0}
                    {"command": "true", "timeoutMillis": "1s"}
                    {"command": "true", "environment": ["A"]}
                    {"command": "true", "environment": {"A": 1}}
                    {"command": "true", "environment": {"A=B": "c"}}
                    {"command": "true", "environment": {"": "c"}}
                    {"command": "true", "environment": {"A": "\\u0000"}}
                    {"command": "true", "workingDirectory": 1}
                    {"command": "true", "wantState": "yes"}
                    {"command": "true", "control": "url"}
                    {"command": "true", "accept": "xml"}
                    """)
    void aBadRequestIsTheFunctionsOwnFailureAndNothingRuns(String request) {
        JsonNode json = function.invokePlain(request).json();

        assertThat(json.path("error").path("type").asText()).isEqualTo("BadRequest");
        assertThat(json.path("error").path("message").asText()).isNotBlank();
        assertThat(json.has("exitCode")).isFalse();
        assertThat(json.has("sandbox")).isTrue();
        assertThat(function.run("echo serves on").out()).isEqualTo("serves on\n");
    }

    @Clause("T3")
    @Test
    void aBadRequestForFramesIsAnsweredInFrames() {
        Answer answer = function.invoke("{\"accept\": \"frames\"}", chunk -> {});

        assertThat(answer.errorType()).isEqualTo("BadRequest");
        assertThat(answer.result.has("exitCode")).isFalse();
    }

    @Clause("T3")
    @Test
    void aShellThatCannotBeStartedIsReportedWithTheReason() {
        Answer answer = function.invoke(Function.request("true").put("workingDirectory", "/no/such/directory"));

        assertThat(answer.errorType()).isEqualTo("CannotStart");
        assertThat(answer.result.path("error").path("message").asText()).contains("/no/such/directory");
        assertThat(answer.result.has("exitCode")).isFalse();
        assertThat(function.run("echo serves on").out()).isEqualTo("serves on\n");
    }
}
