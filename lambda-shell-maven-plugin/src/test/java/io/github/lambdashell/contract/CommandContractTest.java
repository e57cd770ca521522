package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandContractTest extends ContractTest {
    private static final byte[] EVERY_BYTE = new byte[256];

    static {
        for (int i = 0; i < EVERY_BYTE.length; i++) {
            EVERY_BYTE[i] = (byte) i;
        }
    }

    @Clause({"F1", "T1"})
    @Test
    void bothOutputsAndTheExitCodeComeApart() {
        Answer answer = function.run("echo out; echo err >&2; exit 3");

        assertThat(answer.out()).isEqualTo("out\n");
        assertThat(answer.err()).isEqualTo("err\n");
        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.timedOut()).isFalse();
        assertThat(answer.result.get("interrupted").asBoolean()).isFalse();
        assertThat(answer.result.get("durationMillis").isIntegralNumber()).isTrue();
        assertThat(answer.result.has("error")).isFalse();
        assertThat(answer.result.has("stragglers")).isFalse();
    }

    @Clause({"R1", "R2"})
    @Test
    void cmdIsAnAliasAndWhatIsUnknownOrNullIsIgnored() {
        Answer answer = function.invoke("""
                {"accept": "frames", "cmd": "echo hi", "color": {"deep": [1, {"er": null}]}, "command": null,
                 "stdin": null, "environment": null, "timeoutMillis": null, "wantState": null}
                """, chunk -> {});

        assertThat(answer.out()).isEqualTo("hi\n");
    }

    @Clause("T1")
    @Test
    void exitCodesAreTheShellsOwn() {
        assertThat(function.run("true").exitCode()).isZero();
        assertThat(function.run("").exitCode()).isZero();
        assertThat(function.run("no-such-program").exitCode()).isEqualTo(127);
        assertThat(function.run("if").exitCode()).isEqualTo(2);
        assertThat(function.run("kill -KILL $$").exitCode()).isEqualTo(137);
        assertThat(function.run("kill -TERM $$").exitCode()).isEqualTo(143);
        assertThat(function.run("exit 255").exitCode()).isEqualTo(255);
    }

    /** The reference: the same bytes and the same exit code. */
    @Clause("R7")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 'unclosed",
                "if true; then echo a; fi; done",
                "set -x; x=1; [ $x = 1 ]",
                "set -euo pipefail; false | true; echo not reached",
                "cat <<'E'\n$x `y`\nE",
                "echo $-; echo $#; set -- a 'b c'; printf '<%s>' \"$@\"",
                "f() { return 7; }; f || echo $?; (exit 9); echo $?",
                "trap 'echo bye' EXIT; exit 4",
                "kill -INT $$; echo survived",
                "sh -c 'exit 5'; echo $?",
                "printf '\\303\\251\\377\\0'; printf '%s' $'\\x01' >&2",
                "exec 3>&1; echo to three >&3; exec 1>&-; echo lost; echo $? >&2",
                "shopt -s extglob; [[ aab == +(a)b ]] && echo matches; a=(1 2); echo ${#a[@]}",
                "ulimit -n; umask; pwd; read line; echo $?"
            })
    void aCommandDoesWhatPlainBashDoes(String command) {
        Answer answer = function.run(command);
        // Beside the function, in its own sandbox, bash runs the same command plainly.
        Answer plain = function.run("printf %s '" + command.replace("'", "'\\''")
                + "' >/tmp/plain; bash -c \"$(</tmp/plain)\" >/tmp/plain.out 2>/tmp/plain.err </dev/null; code=$?;"
                + " cat /tmp/plain.out; cat /tmp/plain.err >&2; exit $code");

        assertThat(answer.stdout.toByteArray()).isEqualTo(plain.stdout.toByteArray());
        assertThat(answer.err()).isEqualTo(plain.err());
        assertThat(answer.exitCode()).isEqualTo(plain.exitCode());
    }

    @Clause("R7")
    @Test
    void itIsBashThatRunsTheCommand() {
        Answer answer = function.run("[[ $BASH_VERSION ]] && a=(x y) && echo ${a[1]} $0 $#; echo ${no:?gone}");

        assertThat(answer.out()).isEqualTo("y bash 0\n");
        assertThat(answer.err()).isEqualTo("bash: line 1: no: gone\n");
        assertThat(answer.exitCode()).isEqualTo(127);
    }

    @Clause("R7")
    @Test
    void everyCharacterOfACommandReachesTheShell() {
        String text = "é€😀 \"quoted\" 'single' $HOME `x` \\back\\\\slash\ttab\r\b\f\u0001\u007f\nline\n\n  end ";

        Answer answer = function.run("printf %s " + quote(text));

        assertThat(answer.out()).isEqualTo(text);
        assertThat(answer.err()).isEmpty();
    }

    @Clause("R1")
    @Test
    void escapesInTheRequestStandForTheirCharacters() {
        Answer answer = function.invoke("""
                {"\\u0061ccept":"frames","command":"printf '%s' '\\u00e9\\u20AC\\ud83d\\ude00\\/\\"\\\\\\u000a\\t.'"}""", chunk -> {});

        assertThat(answer.out()).isEqualTo("é€😀/\"\\\n\t.");
    }

    @Clause("R8")
    @Test
    void aCommandLargerThanAnArgumentMayBeRuns() {
        String text = "é".repeat(100_000);

        Answer answer = function.run("x=" + text + "; printf %s \"$x\" | wc -c; exit 4");

        assertThat(answer.out().strip()).isEqualTo("200000");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exitCode()).isEqualTo(4);
    }

    @Clause("R3")
    @Test
    void standardInputArrivesByteForByte() {
        Answer answer =
                function.invoke(Function.request("cat; echo end >&2").put("stdin", Function.base64(EVERY_BYTE)));

        assertThat(answer.stdout.toByteArray()).isEqualTo(EVERY_BYTE);
        assertThat(answer.err()).isEqualTo("end\n");
    }

    @Clause("R3")
    @Test
    void withoutStandardInputThereIsNothingToRead() {
        assertThat(function.run("cat; echo $?").out()).isEqualTo("0\n");
        assertThat(function.invoke(Function.request("wc -c").put("stdin", ""))
                        .out()
                        .strip())
                .isEqualTo("0");
    }

    @Clause("R3")
    @Test
    void muchStandardInputIsReadOrLeft() {
        String stdin = Function.base64(new byte[3_000_000]);

        assertThat(function.invoke(Function.request("wc -c").put("stdin", stdin))
                        .out()
                        .strip())
                .isEqualTo("3000000");
        assertThat(function.invoke(Function.request("echo not read").put("stdin", stdin))
                        .out())
                .isEqualTo("not read\n");
    }

    @Clause("R4")
    @Test
    void theDirectoryDefaultsToTheFunctionsOwn() {
        assertThat(function.run("test \"$PWD\" -ef \"$LAMBDA_TASK_ROOT\" && echo own")
                        .out())
                .isEqualTo("own\n");
        assertThat(function.invoke(Function.request("pwd").put("workingDirectory", "/usr"))
                        .out())
                .isEqualTo("/usr\n");
    }

    @Clause("R5")
    @Test
    void theEnvironmentChangesAsAsked() {
        Map<String, String> changes = Map.of(
                "LINES_AND_QUOTES", "one\ntwo\n\"three\" 'four' $FIVE `six` \\seven\\n\n",
                "UNICODE", "é€😀",
                "EMPTY", "",
                "BLANKS", "  two  ",
                "EQUALS", "a=b=c");
        ObjectNode request = Function.request("for name in " + String.join(" ", changes.keySet())
                + "; do printf '%s=%s|' $name \"${!name}\"; done; echo ${TZ-none} ${AWS_REGION-none}");
        ObjectNode environment = request.putObject("environment");
        changes.forEach(environment::put);
        environment.putNull("TZ").putNull("NEVER_THERE");

        String expected = "";
        for (String name : changes.keySet()) {
            expected += name + "=" + changes.get(name) + "|";
        }
        assertThat(function.invoke(request).out()).isEqualTo(expected + "none us-east-1\n");
        assertThat(function.run("echo ${TZ-none} ${EMPTY-none}").out()).isEqualTo(":UTC none\n");
    }

    @Clause("R5")
    @Test
    void aCommandsEnvironmentHoldsNothingOfTheFunctionsOwn() {
        String names = function.run("env -0 | while IFS= read -r -d '' v; do echo \"${v%%=*}\"; done")
                .out();

        assertThat(names.lines())
                .contains("_HANDLER", "AWS_REGION", "LAMBDA_TASK_ROOT", "AWS_LAMBDA_RUNTIME_API")
                .filteredOn(name -> name.toLowerCase(java.util.Locale.ROOT).contains("lshell"))
                .isEmpty();
    }

    @Clause("T2")
    @Test
    void theExecutionEnvironmentHasAnIdAndCounts() {
        Answer first = function.run("true");
        Answer second = function.run("false");

        assertThat(first.result.get("sandbox").asText()).isNotBlank();
        assertThat(second.result.get("sandbox")).isEqualTo(first.result.get("sandbox"));
        assertThat(second.result.get("invocation").asInt())
                .isEqualTo(first.result.get("invocation").asInt() + 1);
    }

    @Clause("F1")
    @Test
    void outputIsWhatTheCommandWroteByteForByte() {
        String everyByte = "for i in {0..255}; do printf \"\\\\x$(printf %x $i)\"; done";

        Answer answer = function.run("all() { " + everyByte + "; }; all; all >&2");

        assertThat(answer.stdout.toByteArray()).isEqualTo(EVERY_BYTE);
        assertThat(answer.stderr.toByteArray()).isEqualTo(EVERY_BYTE);
    }

    @Clause("F1")
    @Test
    void tenMegabytesOnOneLineArriveComplete() {
        Answer answer = function.run("head -c 10000000 /dev/zero");

        assertThat(answer.stdout.toByteArray()).isEqualTo(new byte[10_000_000]);
    }

    @Clause("F1")
    @Test
    void thirtyMegabytesArriveAsTheyWere() throws NoSuchAlgorithmException {
        Answer answer = function.run("head -c 30000000 /dev/urandom >/tmp/large; sha256sum </tmp/large >&2;"
                + " cat /tmp/large; rm /tmp/large");

        byte[] hash = MessageDigest.getInstance("SHA-256").digest(answer.stdout.toByteArray());
        assertThat(answer.stdout.size()).isEqualTo(30_000_000);
        assertThat(answer.err()).startsWith(HexFormat.of().formatHex(hash));
    }

    @Clause("F1")
    @Test
    void muchOnBothOutputsAtOnceBlocksNothing() {
        Answer answer = function.run("head -c 3000000 /dev/zero >&2 & head -c 3000000 /dev/zero | tr '\\0' x; wait");

        assertThat(answer.out()).isEqualTo("x".repeat(3_000_000));
        assertThat(answer.stderr.size()).isEqualTo(3_000_000);
    }

    @Clause("R7")
    @Test
    void outputsCanBeOpenedByTheirNames() {
        Answer answer = function.invoke(
                Function.request("read line </dev/stdin; echo $line >/dev/stdout; echo err >/dev/stderr")
                        .put("stdin", Function.base64("in\n".getBytes(StandardCharsets.UTF_8))));

        assertThat(answer.out()).isEqualTo("in\n");
        assertThat(answer.err()).isEqualTo("err\n");
    }

    @Clause("F1")
    @Test
    void outputComesWhileTheCommandRuns() {
        long[] firstSeen = new long[1];
        Answer answer = function.invoke(
                Function.request("echo first; sleep 0.8; echo second").toString(), soFar -> {
                    if (firstSeen[0] == 0 && soFar.stdout.size() > 0) {
                        firstSeen[0] = System.nanoTime();
                    }
                });

        assertThat(answer.out()).isEqualTo("first\nsecond\n");
        assertThat(System.nanoTime() - firstSeen[0]).isGreaterThan(400_000_000L);
    }

    @Clause("X1")
    @Test
    void aCommandThatClosesItsOutputIsWaitedFor() {
        Answer answer = function.run("exec >&-; sleep 0.8; echo late >&2; exec 2>&-; sleep 0.8; exit 9");

        assertThat(answer.err()).isEqualTo("late\n");
        assertThat(answer.exitCode()).isEqualTo(9);
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
