package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateContractTest extends ContractTest {
    /** The same for all implementations. */
    private static final Map<String, Answer> references = new HashMap<>();

    private String state;
    private boolean captured;

    @BeforeEach
    void beginSession() {
        state = null;
    }

    private Answer inSession(String command) {
        ObjectNode request = Function.request(command).put("wantState", true);
        if (state != null) {
            request.put("state", state);
        }
        Answer answer = function.invoke(request);
        captured = answer.result.get("stateCaptured").asBoolean();
        if (captured) {
            state = answer.result.get("state").asText();
        }
        return answer;
    }

    @Clause("S1")
    @Test
    void theDirectoryHolds() {
        Answer answer = inSession("cd /usr/lib");

        assertThat(answer.result.get("workingDirectory").asText()).isEqualTo("/usr/lib");
        assertThat(inSession("pwd; cd ..").out()).isEqualTo("/usr/lib\n");
        assertThat(inSession("pwd; echo $OLDPWD").out()).isEqualTo("/usr\n/usr/lib\n");
    }

    @Clause("S1")
    @Test
    void variablesHoldWithTheirValuesAndKinds() {
        inSession("export A='one\n\"two\" $three `four` \\\\' B='it'\\''s'; c='  é€  '; array=(1 '2 3' [7]=x);"
                + " declare -A map=([k]='v w'); declare -i number=5; readonly fixed=1; unset TZ");

        Answer answer = inSession("printf '%s|' \"$A\" \"$B\" \"$c\" \"${array[@]}\" \"${!array[*]}\" \"${map[k]}\";"
                + " number+=1; echo $number ${TZ-unset}; env | grep -c '^[AB]='; fixed=2; echo no");

        assertThat(answer.out())
                .isEqualTo("one\n\"two\" $three `four` \\\\|it's|  é€  |1|2 3|x|0 1 7|v w|6 unset\n2\n");
        assertThat(answer.err()).contains("fixed: readonly variable");
    }

    @Clause("S2")
    @Test
    void aClientsFunctionForPromptsIsNoState() {
        ObjectNode request =
                Function.request("read -p 'x? ' x; type -t read; type -t mine").put("wantState", true);
        request.putObject("environment")
                .put("BASH_FUNC_read%%", "() { : __lshell_prompt; builtin read \"$@\"; }")
                .put("BASH_FUNC_mine%%", "() { :; }");
        Answer first = function.invoke(request);
        state = first.result.get("state").asText();

        assertThat(first.out()).isEqualTo("function\nfunction\n");
        assertThat(inSession("type -t read; type -t mine; read() { echo own; }").out())
                .isEqualTo("builtin\nfunction\n");
        assertThat(inSession("read").out()).isEqualTo("own\n");
    }

    @Clause("S1")
    @Test
    void functionsAliasesAndOptionsHold() {
        inSession("greet() { echo \"hello $1\"; }; export -f greet; alias hi='greet all'; umask 027;"
                + " shopt -s expand_aliases extglob nullglob; set -u -o pipefail");

        Answer answer = inSession("hi\nbash -c 'greet child'; umask; echo no-such-*; echo @(us|var); false | true;"
                + " echo $?; echo $never");

        assertThat(answer.out()).isEqualTo("hello all\nhello child\n0027\n\n\n1\n");
        assertThat(answer.err()).contains("never: unbound variable");
        assertThat(answer.exitCode()).isEqualTo(127);
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                arguments("set -e", "false; echo never", ""),
                arguments("set -v", "set +v; echo a", "a\nset +v; echo a\n"),
                arguments(
                        "x=$'\\ndeclare -x y[$(touch /tmp/evil)]=\"1\"'; unset y",
                        "ls /tmp/evil 2>&1 | wc -l; echo $y",
                        "1\n\n"),
                arguments("f() { local x=1; exit; }; f", "echo on", "on\n"),
                arguments("export AWS_PROFILE=mine", "echo $AWS_PROFILE", "mine\n"),
                arguments("trap 'echo debug' DEBUG", "pwd | wc -l", "1\n"),
                arguments("PATH=", "echo $PATH", "\n"),
                arguments("export LC_ALL=xx_XX.UTF-8; LANG=yy", "echo $LC_ALL $LANG", "xx_XX.UTF-8 yy\n"),
                arguments("exec >/dev/null 2>&1 0<&-; y=1", "echo $y", "1\n"),
                arguments("exec 1>&- 2>&-; y=1", "echo $y", "1\n"),
                arguments("y=1; kill -TERM $$", "echo $y", "1\n"),
                arguments("y=1; echo (", "echo ${y-unset}", "unset\n"),
                arguments("y=1\necho (", "echo $y", "1\n"),
                arguments("cd /tmp\ncat <<E\nopen", "pwd", "/tmp\n"));
    }

    @Clause("S1")
    @ParameterizedTest
    @MethodSource("lines")
    void whatOneCommandSetsTheNextOneHas(String first, String second, String expected) {
        inSession(first);
        assertThat(captured).as(first).isTrue();
        // What was restored is captured again.
        inSession(":");
        Answer answer = inSession(second);

        assertThat(answer.out() + answer.err()).isEqualTo(expected);
    }

    static Stream<Arguments> pairs() throws IOException {
        try (InputStream in = StateContractTest.class.getResourceAsStream("state-pairs.txt")) {
            return Stream.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n===\n"))
                    .map(pair -> pair.strip().split("\n---\n"))
                    .map(pair -> arguments(pair[0], pair[1]));
        }
    }

    /** The reference: one bash that runs both commands. */
    @Clause("S1")
    @ParameterizedTest
    @MethodSource("pairs")
    void theSecondCommandDoesWhatItDoesInOneBash(String first, String second) {
        inSession(first);
        assertThat(captured).as(first).isTrue();
        // What was restored is captured again, by the same script in all implementations: each tests it with a third.
        if (Math.floorMod(first.hashCode(), 3) == Math.min(implementation.ordinal(), 2)) {
            inSession(":");
        }
        Answer answer = function.invoke(Function.request(second).put("state", state));

        String marker = "\n-----\n";
        Answer both = references.computeIfAbsent(
                first + marker + second,
                pair -> function.run("shopt -s expand_aliases\n" + first
                        + "\n/bin/echo $'\\n-----'; /bin/echo $'\\n-----' >&2\n" + second));
        assertThat(answer.out()).isEqualTo(after(marker, both.out()));
        assertThat(withoutLineNumbers(answer.err())).isEqualTo(withoutLineNumbers(after(marker, both.err())));
        assertThat(answer.exitCode()).isEqualTo(both.exitCode());
    }

    private static String after(String marker, String text) {
        assertThat(text).contains(marker);
        return text.substring(text.lastIndexOf(marker) + marker.length());
    }

    private static String withoutLineNumbers(String text) {
        return text.replaceAll("line \\d+: ", "");
    }

    @Clause("S1")
    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "", "no base64", "ZWNobyBoaQo="})
    void aStateThatNoResultHadIsABadRequest(String state) {
        assertThat(function.invoke(Function.request("true").put("state", state)).errorType())
                .isEqualTo("BadRequest");
    }

    @Clause("S2")
    @Test
    void theStateReplacesTheRequestsDirectoryAndEnvironment() {
        inSession("cd /usr; E=mine; TZ=mine");

        ObjectNode request =
                Function.request("echo $PWD $E $TZ").put("state", state).put("workingDirectory", "/");
        request.putObject("environment").put("E", "request").put("TZ", "request");

        assertThat(function.invoke(request).out()).isEqualTo("/usr mine mine\n");
    }

    @Clause("S2")
    @Test
    void aVariableOfTheRequestIsPartOfTheState() {
        ObjectNode request = Function.request("unset F").put("wantState", true);
        request.putObject("environment").put("E", "request").put("F", "request").putNull("TZ");
        state = function.invoke(request).result.get("state").asText();

        assertThat(inSession("echo $E ${F-unset} ${TZ-unset}; sh -c 'echo $E'").out())
                .isEqualTo("request unset unset\nrequest\n");
    }

    @Clause("S5")
    @Test
    void aFileThatBashEnvNamesIsStillRead() {
        function.run("echo mine=read >/tmp/bash-env");
        ObjectNode request =
                Function.request("echo $mine; bash -c 'echo $BASH_ENV $mine'").put("wantState", true);
        request.putObject("environment").put("BASH_ENV", "/tmp/bash-env");

        assertThat(function.invoke(request).out()).isEqualTo("read\n/tmp/bash-env read\n");
    }

    @Clause("S1")
    @Test
    void aUmaskThatDeniesReadingDoesNotMatter() {
        inSession("umask 777; x=1; cd /usr");

        assertThat(inSession("umask; echo $x; pwd").out()).isEqualTo("0777\n1\n/usr\n");
    }

    @Clause("S5")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 3",
                "false",
                "set -e; false; echo never",
                "set -u; echo $never",
                "echo out; echo err >&2",
                "if",
                "set -x; echo traced",
                "PATH=; X=1",
                "shopt -s nullglob; set -f; IFS=,; exit 4",
                "exec >&- 2>&-",
                "cd /; set -C -o posix; (exit 5)",
                "kill -TERM $$; sleep 5",
                "readonly HOME; declare -r PS4=x",
                "echo $0 $# $- $BASH_SUBSHELL; caller"
            })
    void aCommandDoesTheSameWithItsStateCapturedAndTheStateIsThere(String command) {
        Answer plain = function.run(command);
        Answer captured = inSession(command);

        assertThat(captured.out()).isEqualTo(plain.out());
        assertThat(captured.err()).isEqualTo(plain.err());
        assertThat(captured.exitCode()).isEqualTo(plain.exitCode());
        assertThat(captured.result.get("stateCaptured").asBoolean()).isTrue();
        assertThat(inSession("PATH=/usr/bin:/bin; echo on").out()).endsWith("on\n");
    }

    @Clause("S6")
    @ParameterizedTest
    @ValueSource(strings = {"exec sh -c 'echo replaced'", "trap 'echo mine' EXIT; exit 3", "kill -KILL $$"})
    void aStateThatCouldNotBeCapturedIsMissingWithTheReason(String command) {
        Answer plain = function.run(command);
        Answer captured = inSession(command);

        assertThat(captured.out()).isEqualTo(plain.out());
        assertThat(captured.exitCode()).isEqualTo(plain.exitCode());
        assertThat(captured.result.get("stateCaptured").asBoolean()).isFalse();
        assertThat(captured.result.has("state")).isFalse();
        assertThat(captured.result.get("stateReason").asText()).isNotBlank();
    }

    @Clause("S6")
    @Test
    void aStateThatIsTooLargeIsNotCaptured() {
        Answer captured = inSession("x=$(head -c 5000000 /dev/urandom | base64 -w 0)");

        assertThat(captured.exitCode()).isZero();
        assertThat(captured.result.get("stateCaptured").asBoolean()).isFalse();
        assertThat(captured.result.get("stateReason").asText()).isNotBlank();
    }

    @Clause("S1")
    @Test
    void withoutAskingThereIsNoState() {
        Answer answer = function.run("true");

        assertThat(answer.result.has("stateCaptured") || answer.result.has("state"))
                .isFalse();
        inSession("x=1");
        assertThat(function.invoke(Function.request("echo $x").put("state", state))
                        .out())
                .isEqualTo("1\n");
    }

    @Clause("S3")
    @Test
    void whatBelongsToTheSandboxStaysOutOfTheState() {
        inSession("x=$AWS_SECRET_ACCESS_KEY; x=");

        String plain = new String(Base64.getDecoder().decode(state), StandardCharsets.ISO_8859_1);
        assertThat(plain)
                .startsWith("# lshell state")
                .contains("x=\"\"")
                .doesNotContain("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "_HANDLER", "_X_AMZN_TRACE_ID", "SHLVL")
                .doesNotContain("TZ=", "PATH=", "BASH_VERSION", "PPID");
    }

    @Clause("S2")
    @Test
    void aSessionSeesNothingOfTheCapture() {
        inSession("true");

        Answer answer = inSession("env | grep -c BASH_ENV; compgen -v | grep -ci lshell; echo \"${BASH_ENV-none}\"");

        assertThat(answer.out()).isEqualTo("0\n0\nnone\n");
        assertThat(inSession("declare -F; alias; trap | wc -l").out()).isEqualTo("1\n");
    }

    @Clause("S4")
    @Test
    void aDirectoryThatIsGoneEndsNoSession() {
        inSession("d=$(mktemp -d); cd $d");
        function.run("rm -rf \"${TMPDIR-/tmp}\"/tmp.*");

        Answer answer = inSession("echo on");

        assertThat(answer.out()).isEqualTo("on\n");
        assertThat(answer.err()).matches("lshell: \\S+ is not there any more, going on in /\\S+\n");
        assertThat(inSession("echo on").err()).isEmpty();
    }

    @Clause("R9")
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    echo whole              | complete
                    ~~                      | complete
                    for i in 1; do echo; done | complete
                    echo 'EOF' "unexpected EOF" | complete
                    if true; then           | incomplete
                    echo "open              | incomplete
                    echo 'open              | incomplete
                    echo $(                 | incomplete
                    echo `open              | incomplete
                    f() {                   | incomplete
                    a &&                    | incomplete
                    a \\                    | incomplete
                    a \\\\                  | complete
                    cat <<X                 | incomplete
                    case x in               | incomplete
                    echo )                  | invalid
                    for                     | invalid
                    if; then                | invalid
                    echo EOF )              | invalid
                    """)
    void aCommandIsParsedWithoutRunningIt(String command, String syntax) {
        Answer answer = function.invoke(Function.request(command).put("syntaxOnly", true));

        assertThat(answer.result.get("syntax").asText()).isEqualTo(syntax);
        assertThat(answer.out() + answer.err()).isEmpty();
        if (syntax.equals("invalid")) {
            assertThat(answer.result.get("message").asText()).contains("syntax error");
        }
    }

    @Clause("R9")
    @Test
    void aCommandIsParsedAsTheShellWithTheStateWould() {
        inSession("shopt -s extglob; alias begin='if true; then'; set -v");

        assertThat(syntax("[[ a == +(a) ]] && case x in @(x|y)) echo;; esac")).isEqualTo("complete");
        assertThat(syntax("begin")).isEqualTo("incomplete");
        assertThat(syntax("begin echo; fi")).isEqualTo("complete");
        assertThat(syntax("fi")).isEqualTo("invalid");
    }

    private String syntax(String command) {
        Answer answer = function.invoke(
                Function.request(command).put("syntaxOnly", true).put("state", state));
        return answer.result.get("syntax").asText();
    }
}
