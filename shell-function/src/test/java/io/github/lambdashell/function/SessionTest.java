package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A state that is carried from command to command, each in a sandbox of its own. */
@Timeout(60)
class SessionTest {
    private static final String HOME = System.getenv("HOME");

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

    static Stream<Arguments> bashLines() {
        return Stream.of(
                arguments("cd /usr", "pwd", "/usr\n"),
                arguments("cd /usr; cd /tmp", "cd -", "/usr\n"),
                arguments(
                        "export A='it'\\''s \"$x\" `y` \\\\'",
                        "sh -c 'printf \"%s\\n\" \"$A\"'",
                        "it's \"$x\" `y` \\\\\n"),
                arguments("plain=1", "echo $plain; sh -c 'echo [$plain]'", "1\n[]\n"),
                arguments("n=$'a\\nb\\n\\tc'", "echo \"$n\"", "a\nb\n\tc\n"),
                arguments("n='a\n: functions\n: end\n'", "echo \"$n\"", "a\n: functions\n: end\n\n"),
                arguments("b=$'\\001\\377'", "printf %s \"$b\" | od -An -tx1", " 01 ff\n"),
                arguments("a=(1 '2 3' $'4\\n'); a[9]=x", "echo \"${#a[@]} ${a[1]} ${a[9]}\"", "4 2 3 x\n"),
                arguments("declare -A m=(['k k']=v [l]='w \"x')", "echo \"${m[k k]} ${m[l]}\"", "v w \"x\n"),
                arguments("declare -i i=3", "i+=4; echo $i", "7\n"),
                arguments("declare -l low=ABC", "low=DEF; echo $low", "def\n"),
                arguments("x=1; declare -n r=x", "r=5; echo $x", "5\n"),
                arguments("readonly R=1", "echo $R; R=2", "1\nbash: line 1: R: readonly variable\n"),
                arguments("declare -x NOVALUE", "declare -p NOVALUE", "declare -x NOVALUE\n"),
                arguments("f() { echo \"f $1\"; }", "f x", "f x\n"),
                arguments("f() { cat <<E\nhere ' \" doc\nE\n}", "f", "here ' \" doc\n"),
                arguments("f() { echo exported; }; export -f f", "bash -c f", "exported\n"),
                arguments("alias ll='echo \"it'\\''s\"'", "ll", "it's\n"),
                arguments("alias ls='echo x'\nf() { ls; }", "f", "x\n"),
                arguments("shopt -s extglob", "case aa in +(a)) echo yes;; esac", "yes\n"),
                arguments("shopt -s extglob\ng() { [[ $1 == @(a|b) ]]; }", "g b && echo yes", "yes\n"),
                arguments("set -o pipefail", "false | true; echo $?", "1\n"),
                arguments("set -u", "echo $nope; echo never", "bash: line 1: nope: unbound variable\n"),
                arguments("set -e", "false; echo never", ""),
                arguments("set -x", "echo a", "a\n+ echo a\n"),
                arguments("set -v", "set +v; echo a", "a\nset +v; echo a\n"),
                arguments("set -f", "echo *", "*\n"),
                arguments("set -C", "echo $- | grep -c C", "1\n"),
                arguments("set -o posix", "shopt -qo posix && echo yes", "yes\n"),
                arguments("umask 027", "umask", "0027\n"),
                arguments("unset HOME", "echo ${HOME-unset}; env | grep -c ^HOME=", "unset\n0\n"),
                arguments("export -n HOME", "env | grep -c ^HOME=; echo $HOME", "0\n" + HOME + "\n"),
                arguments("HOME=/else", "env | grep ^HOME=", "HOME=/else\n"),
                arguments("export AWS_PROFILE=mine", "echo $AWS_PROFILE", "mine\n"),
                arguments("IFS=:", "x=a:b; echo $x", "a b\n"),
                arguments("declare() { echo mine; }; printf() { :; }", "declare", "mine\n"),
                arguments("alias declare=echo builtin=echo", "declare x", "x\n"),
                arguments("trap 'echo debug' DEBUG", "pwd | wc -l", "1\n"),
                arguments("PATH=", "echo $PATH", "\n"),
                arguments("exec >/dev/null 2>&1 0<&-; y=1", "echo $y", "1\n"),
                arguments("exec 1>&- 2>&-; y=1", "echo $y", "1\n"),
                arguments("y=1; kill -TERM $$", "echo $y", "1\n"),
                arguments("y=1; echo (", "echo ${y-unset}", "unset\n"),
                arguments("y=1\necho (", "echo $y", "1\n"),
                arguments("cd /tmp\ncat <<E\nopen", "pwd", "/tmp\n"));
    }

    @ParameterizedTest
    @MethodSource("bashLines")
    void whatOneCommandSetsTheNextOneHas(String first, String second, String expected) throws Exception {
        run(first);
        assertThat(result.get("stateCaptured").asBoolean()).isTrue();
        // What was restored is captured again.
        run(":");
        assertThat(run(second)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec true", "kill -9 $$", "trap 'echo mine' EXIT", "set -n"})
    void whereTheStateIsNotKnownTheResultSaysWhy(String line) throws Exception {
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
    void aDirectoryThatIsGoneIsSaidOnce() throws Exception {
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
        assertThat(run("declare -F; alias; env | grep -c BASH_ENV; compgen -v | grep -ci lshell; trap | wc -l"))
                .isEqualTo("0\n0\n1\n");
    }
}
