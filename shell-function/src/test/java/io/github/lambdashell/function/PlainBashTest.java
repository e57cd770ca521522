package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a command writes and its exit code, beside those of a plain {@code bash -c}: the same bytes, the same code. */
class PlainBashTest {
    private static final String[] COMMANDS = {
        "true",
        "false",
        "exit 7",
        "exit 256",
        "echo out; echo err >&2; exit 3",
        "nosuchcommand --x",
        "/tmp",
        "/dev/null",
        "if",
        "echo a\necho (",
        "echo 'open",
        "fi; echo never",
        "cat <<EOF\nhere $((1 + 2))\nEOF",
        "cat <<EOF\nno end",
        "set -e; false; echo never",
        "set -u; echo \"$nope\"; echo never",
        "set -eu; f() { false; }; f; echo never",
        "set -x; f() { echo in; }; f; [[ a == a ]]; exit 2",
        "set -o pipefail; false | true",
        "set -n; echo never",
        "set -f; echo *",
        "trap 'echo bye' EXIT; echo hi; exit 5",
        "trap 'echo bye' EXIT; trap 'echo term' TERM; kill -TERM $$; echo on",
        "trap 'echo err $?' ERR; false; echo on",
        "trap 'echo debug' DEBUG; echo on",
        "trap '' TERM; kill $$; echo on",
        "exec echo replaced",
        "exec 2>&1; echo x; nosuch",
        "exec nosuch; echo never",
        "exec >/dev/null; echo lost; echo err >&2",
        "exec 1>&-; echo closed; echo $? >&2",
        "exec 2>&-; nosuch; echo $?",
        "exec 0<&-; cat; echo $?",
        "exec 1>&- 2>&- 0<&-; sleep .1; exit 4",
        "kill -TERM $$",
        "kill -INT $$",
        "kill -KILL $$",
        "kill -HUP $$; echo on",
        "(exit 9)",
        "{ (kill -9 $BASHPID); } 2>/dev/null; echo $?",
        "sleep .05 & wait; echo done",
        "(sleep .1; echo late) & echo soon",
        "echo hi > >(sleep .1; cat)",
        "cat <(echo from) <(echo substitution)",
        "echo a | while read x; do echo \"$x$x\"; done",
        "printf 'a\\0b\\0'",
        "printf '\\377\\376\\303' ; printf '\\200' >&2",
        "printf 'no newline'",
        "head -c 10000000 /dev/zero | tr '\\0' x",
        "seq 100000; seq 100000 >&2",
        "for i in 1 2 3; do echo $i; echo $i >&2; done",
        "yes | head -n 100000",
        "read x; echo \"[$x] $?\"",
        "echo \"$0|$#|$*|$-\"",
        "echo é €; printf '%s' \"$UMLAUT\"",
        "echo $'\\e[31mred\\e[0m'",
        "f() { return 3; }; f; echo $?; exit",
        "eval 'echo ('; echo $?",
        ". /dev/null; echo $?; . /nonexistent; echo $?",
        "echo ${x?unset}; echo never",
        "echo $((1/0)); echo on",
        "readonly R=1; R=2; echo on",
        "declare -A m=([a]=1); echo ${m[a]} ${!m[@]}",
        "shopt -s extglob\necho a!(b)",
        "ulimit -n 64; echo $(ulimit -n)",
        "cd /; pwd; cd - >/dev/null; pwd",
        "cd /nonexistent; echo $?",
        "echo a >&7",
        "ls /proc/self/fd | wc -l",
        "bash -c 'echo inner; exit 6'",
        "{ sh -c 'kill -9 $$'; } 2>/dev/null; echo $?",
        "env | grep -c -e BASH_ENV -e _LSHELL_ -e UMLAUT",
        "PATH=; ls; echo $?; exit 1",
        "unset PATH; ls; echo $?",
        "set --; echo $#; set -- a b; echo $2",
        "{ time -p true; } 2>&1 | wc -l",
        "umask 777; echo $?; echo x > /dev/null",
        "echo 'line one\nline two' # comment",
        "",
        "   ",
        "# only a comment",
        "\necho after an empty line\n\n",
        "echo \\",
        "echo 'it''s' \"q\\\"q\" `echo b`",
        "(trap '' PIPE; yes) | head -n 1",
        "coproc cat; echo x >&${COPROC[1]}; read y <&${COPROC[0]}; echo $y",
        "mapfile -t lines < <(seq 3); echo ${#lines[@]}",
        "set -m; sleep .01 & wait %1; echo $?",
        "builtin() { :; }; declare() { :; }; printf() { :; }; echo shadowed",
        "enable -n echo; /bin/echo x",
    };

    private static final Map<String, String> ENVIRONMENT = Map.of("UMLAUT", "äöü", "LC_ALL", "C.UTF-8");

    private static Sandbox sandbox;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void start() throws IOException {
        sandbox = new Sandbox();
    }

    static Stream<Arguments> commands() {
        return Stream.of(COMMANDS)
                .flatMap(command -> Stream.of(Arguments.of(command, false), Arguments.of(command, true)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void bytesAndExitCodeAreThose(String command, boolean wantState) throws Exception {
        Map<String, Object> request = Sandbox.command(command);
        request.put("wantState", wantState);
        assertSame(request, new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void longCommandsAreTheSameToo(int size, boolean wantState) throws Exception {
        Map<String, Object> request = Sandbox.command("echo é; x=" + "y".repeat(size) + "; echo ${#x} $0 $#; exit 3");
        request.put("wantState", wantState);
        Answer answer = sandbox.ask(withEnvironment(request));
        assertThat(answer.out()).isEqualTo("é\n" + size + " bash 0\n");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exitCode()).isEqualTo(3);
    }

    static Stream<Arguments> sizes() {
        return Stream.of(131_000, 131_072, 200_000, 3_000_000)
                .flatMap(size -> Stream.of(Arguments.of(size, false), Arguments.of(size, true)));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void standardInputIsReadAsFromAPipe(String command, int size) throws Exception {
        byte[] stdin = new byte[size];
        new java.util.Random(size).nextBytes(stdin);
        Map<String, Object> request = Sandbox.command(command);
        request.put("stdin", Base64.getEncoder().encodeToString(stdin));
        assertSame(request, stdin);
    }

    static Stream<Arguments> inputs() {
        return Stream.of(
                        "cat",
                        "true",
                        "head -c 10",
                        "sha256sum; exit 3",
                        "cat >&2",
                        "exec 0<&-; echo x",
                        "sleep .1; wc -c")
                .flatMap(command -> Stream.of(Arguments.of(command, 1), Arguments.of(command, 1_000_000)));
    }

    private static Map<String, Object> withEnvironment(Map<String, Object> request) {
        request.put("environment", ENVIRONMENT);
        request.put("workingDirectory", "/tmp");
        return request;
    }

    private static void assertSame(Map<String, Object> request, byte[] stdin) throws Exception {
        Path in = Files.write(directory.resolve("in"), stdin);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder plain = new ProcessBuilder("bash", "-c", (String) request.get("command"))
                .directory(new File("/tmp"))
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        plain.environment().putAll(new HashMap<>(ENVIRONMENT));
        int exitCode = plain.start().waitFor();

        Answer answer = sandbox.ask(withEnvironment(request));

        // What the plain one left in the background may write later than ours on a busy machine.
        for (int i = 0; i < 50 && Files.size(out) < answer.stdout().length; i++) {
            Thread.sleep(100);
        }
        assertThat(answer.stdout()).isEqualTo(Files.readAllBytes(out));
        assertThat(new String(answer.stderr(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .isEqualTo(Files.readString(err, java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(answer.exitCode()).isEqualTo(exitCode);
        assertThat(answer.result().get("timedOut").asBoolean()).isFalse();
    }
}
