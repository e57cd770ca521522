package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateContractTest extends ContractTest {
    private String state;

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
        if (answer.result.get("stateCaptured").asBoolean()) {
            state = answer.result.get("state").asText();
        }
        return answer;
    }

    @Test
    void theDirectoryHolds() {
        Answer answer = inSession("cd /usr/lib");

        assertThat(answer.result.get("workingDirectory").asText()).isEqualTo("/usr/lib");
        assertThat(inSession("pwd; cd ..").out()).isEqualTo("/usr/lib\n");
        assertThat(inSession("pwd; echo $OLDPWD").out()).isEqualTo("/usr\n/usr/lib\n");
    }

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

    @Test
    void aUmaskThatLetsNobodyReadIsNoHindrance() {
        inSession("umask 777; x=1; cd /usr");

        assertThat(inSession("umask; echo $x; pwd").out()).isEqualTo("0777\n1\n/usr\n");
    }

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

    @Test
    void aStateThatIsTooLargeIsNotCaptured() {
        Answer captured = inSession("x=$(head -c 5000000 /dev/urandom | base64 -w 0)");

        assertThat(captured.exitCode()).isZero();
        assertThat(captured.result.get("stateCaptured").asBoolean()).isFalse();
        assertThat(captured.result.get("stateReason").asText()).isNotBlank();
    }

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

    @Test
    void whatBelongsToTheSandboxStaysOutOfTheState() {
        inSession("x=$AWS_SECRET_ACCESS_KEY; x=");

        String plain = new String(Base64.getDecoder().decode(state), StandardCharsets.ISO_8859_1);
        assertThat(plain)
                .doesNotContain("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "_HANDLER", "_X_AMZN_TRACE_ID", "SHLVL");
    }

    @Test
    void aSessionSeesNothingOfTheCapture() {
        inSession("true");

        Answer answer = inSession("env | grep -c BASH_ENV; compgen -v | grep -ci lshell; echo \"${BASH_ENV-none}\"");

        assertThat(answer.out()).isEqualTo("0\n0\nnone\n");
    }

    @Test
    void aDirectoryThatIsGoneEndsNoSession() {
        inSession("d=$(mktemp -d); cd $d");
        function.run("rm -rf \"${TMPDIR-/tmp}\"/tmp.*");

        Answer answer = inSession("echo on");

        assertThat(answer.out()).isEqualTo("on\n");
        assertThat(answer.result.get("workingDirectory").asText()).isNotBlank();
    }

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
    void whetherACommandIsCompleteIsToldWithoutRunningIt(String command, String syntax) {
        Answer answer = function.invoke(Function.request(command).put("syntaxOnly", true));

        assertThat(answer.result.get("syntax").asText()).isEqualTo(syntax);
        assertThat(answer.out() + answer.err()).isEmpty();
        if (syntax.equals("invalid")) {
            assertThat(answer.result.get("message").asText()).contains("syntax error");
        }
    }
}
