package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.function.state.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A state that is carried from command to command, each in a sandbox of its own. */
@Timeout(60)
class SessionTest {
    @TempDir
    private Path directory;

    private String path = System.getenv("PATH");
    private String state;
    private JsonNode result;
    private final Map<String, Object> more = new HashMap<>();

    /** Runs one line; what it wrote, standard error last. */
    private String run(String line) throws IOException {
        Map<String, Object> request = Sandbox.command(line);
        request.putAll(more);
        request.put("wantState", true);
        request.put("state", state);
        Answer answer = new Sandbox(Shell.find(path), Duration.ofSeconds(10)).ask(request);
        result = answer.result();
        if (result.get("stateCaptured").asBoolean()) {
            state = result.get("state").asText();
        }
        return answer.out() + answer.err();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec true", "kill -9 $$", "trap 'echo mine' EXIT", "set -n"})
    void theResultNamesTheReasonWhenTheStateIsUnknown(String line) throws Exception {
        run("y=1");
        run(line);
        assertThat(result.get("stateCaptured").asBoolean()).isFalse();
        assertThat(result.has("state")).isFalse();
        assertThat(result.has("workingDirectory")).isFalse();
        assertThat(result.get("stateReason").asText()).contains("EXIT trap");
        assertThat(run("echo $y")).isEqualTo("1\n");
    }

    @Test
    void aTimeoutKeepsWhatTheShellCouldTell() throws Exception {
        more.put("timeoutMillis", 300);
        run("y=1; sleep 600");
        assertThat(result.get("timedOut").asBoolean()).isTrue();
        assertThat(result.get("stateCaptured").asBoolean()).isTrue();
    }

    @Test
    void theResultNamesTheDirectory() throws Exception {
        run("mkdir '" + directory + "/a \"b'; cd '" + directory + "/a \"b'");
        assertThat(result.get("workingDirectory").asText()).isEqualTo(directory + "/a \"b");
    }

    @Test
    void aMissingDirectoryIsReportedOnce() throws Exception {
        run("mkdir " + directory + "/gone; cd " + directory + "/gone; y=1");
        Files.delete(directory.resolve("gone"));
        more.put("workingDirectory", "/usr");
        assertThat(run("pwd; echo $y"))
                .isEqualTo("/usr\n1\nlshell: " + directory + "/gone is not there any more, going on in /usr\n");
        assertThat(run("pwd; echo $y")).isEqualTo("/usr\n1\n");
    }

    @Test
    void withoutBashThereIsNoState() throws Exception {
        run("y=1");
        Files.copy(Path.of("/bin/sh"), directory.resolve("sh"), StandardCopyOption.COPY_ATTRIBUTES);
        path = directory.toString();
        assertThat(run("echo [$y]")).isEqualTo("[]\n");
        assertThat(result.get("stateCaptured").asBoolean()).isFalse();
        assertThat(result.get("stateReason").asText()).contains("only bash");
    }

    @Test
    void theRequestsEnvironmentIsUnderTheState() throws Exception {
        more.put("environment", Map.of("E", "request", "F", "request"));
        run("E=mine; unset F");
        assertThat(run("echo $E ${F-unset}")).isEqualTo("mine unset\n");
        more.clear();
        assertThat(run("echo $E ${F-unset}; sh -c 'echo $E'")).isEqualTo("mine unset\nmine\n");
    }

    @Test
    void whatBelongsToTheSandboxIsNotInTheState() throws Exception {
        run("f() { :; }; x=1; export Y=2");
        String text = new String(Base64.getDecoder().decode(state), StandardCharsets.ISO_8859_1);
        assertThat(text).contains("x=\"1\"", "Y=\"2\"");
        assertThat(text.lines().filter(line -> line.startsWith("declare")))
                .noneMatch(
                        line -> line.matches(
                                "declare \\S+ (_X_AMZN_\\w+|_HANDLER|BASH\\w*|SHLVL|UID|EUID|PPID|SHELLOPTS|PWD|_|HOSTNAME)\\b.*"))
                // What the next sandbox has anyway.
                .noneMatch(line -> line.contains(" PATH=") || line.contains(" HOME="));
    }

    @Test
    void aStateThatIsTooLargeIsNotCaptured() throws Exception {
        run("x=$(head -c 6000000 /dev/urandom | base64 -w 0)");
        assertThat(result.get("stateCaptured").asBoolean()).isFalse();
        assertThat(result.get("stateReason").asText()).contains("bytes");
    }

    @Test
    void aLargeStateThatFitsIsCarried() throws Exception {
        run("x=$(head -c 2000000 /dev/urandom | base64 -w 0); sum=$(echo \"$x\" | cksum)");
        assertThat(result.get("stateCaptured").asBoolean()).isTrue();
        assertThat(run("[ \"$sum\" = \"$(echo \"$x\" | cksum)\" ] && echo same"))
                .isEqualTo("same\n");
    }

    @Test
    void aFileThatTheUserNamesInBashEnvIsStillRead() throws Exception {
        Path file = Files.writeString(directory.resolve("env"), "mine=read\n");
        more.put("environment", Map.of("BASH_ENV", file.toString()));
        assertThat(run("echo $mine; bash -c 'echo $BASH_ENV $mine'")).isEqualTo("read\n" + file + " read\n");
        more.put("environment", Map.of("BASH_ENV", "/nonexistent"));
        assertThat(run("echo $BASH_ENV")).isEqualTo("/nonexistent\n");
    }

    @Test
    void aCommandOfASessionFindsNothingOfOursButTheTrap() throws Exception {
        CtrlC.assumeHeeded();
        run("y=1");
        // bash also lists the signals that were ignored when it started, as SIGHUP is below nohup
        assertThat(
                        run(
                                "declare -F; alias; env | grep -c BASH_ENV; compgen -v | grep -ci lshell; trap | grep -vc -- \"-- '' \""))
                .isEqualTo("0\n0\n1\n");
    }
}
