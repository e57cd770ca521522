package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessesContractTest extends ContractTest {
    @Clause("X1")
    @Test
    void whatIsWrittenShortlyAfterTheShellsEndIsRead() {
        Answer answer = function.run("(sleep 0.2; echo late) & echo now");

        assertThat(answer.out()).isEqualTo("now\nlate\n");
        assertThat(answer.result.has("stragglers")).isFalse();
    }

    /** As under load: who reads the output is stopped until long after the shell's end. */
    @Clause("X1")
    @Test
    void whatTheShellItselfWroteIsReadHoweverLate() {
        // The bash function reads in processes of its own, beside the one that starts the shell.
        String readers = implementation == Implementation.BASH
                ? "read -r _ _ _ function _ </proc/$PPID/stat; read -ra all </proc/$function/task/$function/children;"
                        + " for pid in ${all[@]}; do [[ $pid == $PPID ]] || readers+=($pid); done"
                : "readers=($PPID)";

        Answer answer = function.run(readers + "; (sleep 0.9; kill -CONT ${readers[@]}) & kill -STOP ${readers[@]};"
                + " echo out; echo err >&2; exit 3");

        assertThat(answer.out()).isEqualTo("out\n");
        assertThat(answer.err()).isEqualTo("err\n");
        assertThat(answer.exitCode()).isEqualTo(3);
    }

    @Clause("X2")
    @Test
    void whoHoldsTheOutputIsNamedAndLivesOn() {
        Answer answer = function.run("(sleep 1; while sleep 0.1; do echo later; done) & echo now; echo $! >&2");
        long pid = Long.parseLong(answer.err().strip());

        assertThat(answer.out()).isEqualTo("now\n");
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.result.get("stragglers")).anySatisfy(straggler -> {
            assertThat(straggler.get("pid").asLong()).isEqualTo(pid);
            assertThat(straggler.get("name").asText()).isEqualTo("bash");
        });

        Answer next = function.run("sleep 1; echo next; kill " + pid + " && echo was there");
        assertThat(next.out()).isEqualTo("next\nwas there\n");
    }

    @Clause("X5")
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void aCommandThatEndsItsParentEndsTheFunctionAtOnce(String signal) {
        String request =
                Function.request("kill -" + signal + " $PPID; sleep 60").toString();

        Answer answer = function.end(request, chunk -> {});

        assertThat(answer.result).isNull();
        assertThat(answer.failure).contains("Runtime.ExitError", "Runtime exited with error: ");
        assertThat(function.run("echo again").out()).isEqualTo("again\n");
    }

    @Clause({"X3", "R6"})
    @Test
    void aTimeoutEndsEverythingThatTheCommandStarted() {
        Answer answer = function.invoke(Function.request("""
                        show() { echo $BASHPID; exec sleep 100; }
                        show &
                        (show & show & wait) &
                        ( (show &) )
                        setsid bash -c 'echo $$; exec sleep 100' &
                        env -i bash -c 'echo $$; exec sleep 100' &
                        nohup bash -c 'echo $$; exec sleep 100' &
                        bash -c 'trap "" TERM INT; echo $$; while :; do sleep 1; done' &
                        echo $$
                        wait
                        """).put("timeoutMillis", 1500));

        assertThat(answer.timedOut()).isTrue();
        assertThat(answer.exitCode()).isEqualTo(143);
        assertThat(answer.out().lines()).hasSize(9);
        Answer alive = function.run("for pid in " + answer.out().replace('\n', ' ')
                + "; do if [[ -e /proc/$pid && $(</proc/$pid/stat) != *') '[ZX]* ]]; then echo $pid lives; fi; done"
                + " 2>/dev/null");
        assertThat(alive.out()).isEmpty();
    }

    @Clause("X3")
    @Test
    void termLeavesTimeToEndInOrder() {
        Answer answer = function.invoke(
                Function.request("trap 'sleep 0.1; echo in order; exit 3' TERM; while :; do sleep 0.02; done")
                        .put("timeoutMillis", 500));

        assertThat(answer.timedOut()).isTrue();
        assertThat(answer.out()).isEqualTo("in order\n");
        assertThat(answer.exitCode()).isEqualTo(3);
    }

    @Clause("X4")
    @Test
    void signalsHaveTheirDefaultEffect() {
        Answer answer = function.run("for signal in HUP INT QUIT PIPE TERM USR1; do"
                + " timeout -s $signal 0.1 sleep 2; echo $signal $?; done");

        assertThat(answer.out()).isEqualTo("HUP 124\nINT 124\nQUIT 124\nPIPE 124\nTERM 124\nUSR1 124\n");
        assertThat(answer.result.get("durationMillis").asLong()).isLessThan(2000);
    }

    @Clause("X4")
    @Test
    void signalMasksAndDescriptorsAreThoseOfAPlainShell() {
        ObjectNode request = Function.request("grep -E '^Sig(Blk|Ign)' /proc/self/status; ls /proc/self/fd");
        // From signal 32 on they are the C library's own. The last descriptor is that of ls.
        String expected = "SigBlk:\t0{16}\nSigIgn:\t.{8}[08]0{7}\n0\n1\n2\n3\n";

        assertThat(function.invoke(request).out()).matches(expected);
        request.put("stdin", "aGk=").put("wantState", true).putObject("control").put("url", "http://127.0.0.1:1/");
        assertThat(function.invoke(request).out()).matches(expected);
    }

    @Clause("X3")
    @Test
    void whoIgnoresTermIsKilled() {
        Answer answer = function.invoke(Function.request("trap '' TERM; echo begun; while :; do sleep 1; done")
                .put("timeoutMillis", 500));

        assertThat(answer.timedOut()).isTrue();
        assertThat(answer.exitCode()).isEqualTo(137);
        assertThat(answer.out()).isEqualTo("begun\n");
    }

    @Clause("X3")
    @Test
    void aStragglerThatNeverFallsSilentEndsAtTheTimeout() {
        Answer answer = function.invoke(
                Function.request("while echo x; do sleep 0.05; done & exit 3").put("timeoutMillis", 2000));

        assertThat(answer.timedOut()).isTrue();
        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.out()).startsWith("x\nx\n");
        assertThat(answer.result.has("stragglers")).isFalse();
    }

    @Clause("R6")
    @Test
    void theFunctionsDeadlineEndsACommandInTime(@TempDir Path directory) throws IOException {
        try (Function shortLived = new Function(implementation, directory, Duration.ofSeconds(3))) {
            shortLived.run("true");
            Answer answer = shortLived.invoke(
                    Function.steps(Function.step("slow", "echo begun; sleep 60"), Function.step("never", "echo no")));

            assertThat(answer.timedOut()).isTrue();
            assertThat(answer.out()).isEqualTo("begun\n");
            assertThat(answer.steps.get(1).isSkipped()).isTrue();
            assertThat(answer.result.get("durationMillis").asLong()).isBetween(2300L, 3000L);
            assertThat(shortLived
                            .run("echo still here")
                            .result
                            .get("invocation")
                            .asInt())
                    .isEqualTo(3);
        }
    }

    @Clause("R5")
    @Test
    void everyCommandHasATraceIdOfItsOwn() {
        String first = function.run("echo $_X_AMZN_TRACE_ID").out();
        String second = function.run("echo $_X_AMZN_TRACE_ID").out();

        assertThat(first).startsWith("Root=1-").isNotEqualTo(second);
    }

    @Clause("X4")
    @Test
    void hundredsOfCommandsLeaveNeitherFilesNorProcessesNorDescriptors() {
        String look = "find \"${TMPDIR-/tmp}\" /proc/$PPID/fd | wc -l; grep -lzsxF"
                + " \"AWS_LAMBDA_RUNTIME_API=$AWS_LAMBDA_RUNTIME_API\" /proc/[0-9]*/environ | wc -l";
        for (int i = 0; i < 20; i++) {
            runWithInput();
        }
        List<Integer> before =
                function.run(look).out().lines().map(Integer::valueOf).toList();

        ObjectNode[] steps = IntStream.range(0, 9)
                .mapToObj(i -> Function.step("step " + i, "exit " + i))
                .toArray(ObjectNode[]::new);
        for (int i = 0; i < 30; i++) {
            runWithInput();
            assertThat(function.invoke(Function.steps(steps)).steps)
                    .extracting(step -> step.members().get("exitCode").asInt())
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        }

        // What is being cleared away may still be there.
        List<Integer> after =
                function.run(look).out().lines().map(Integer::valueOf).toList();
        assertThat(after.get(0)).as("files and descriptors").isLessThanOrEqualTo(before.get(0) + 5);
        assertThat(after.get(1)).as("processes").isLessThanOrEqualTo(before.get(1) + 2);
    }

    private void runWithInput() {
        assertThat(function.invoke(Function.request("cat").put("stdin", "aGk=")).out())
                .isEqualTo("hi");
    }

    /** The limit is lowered first, as many processes take their time. Bash itself retries until the function's timeout. */
    @Clause("T3")
    @Test
    void processesThatPreventAllOthersEndWithTheFunctions() {
        assumeTrue(implementation != Implementation.BASH, "the function can tell that there are too many processes");
        assumeTrue(function.run("ulimit -u").out().equals("742\n"), "the sandbox limits processes");
        function.run("""
                exec python3 -c "
                import os, resource, time
                for process in filter(str.isdigit, os.listdir('/proc')):
                    try: resource.prlimit(int(process), resource.RLIMIT_NPROC, (100, 742))
                    except OSError: pass
                read, write = os.pipe()
                if os.fork():
                    os.read(read, 1)
                    os._exit(0)
                while True:
                    try:
                        if not os.fork(): time.sleep(100)
                    except OSError:
                        os.write(write, b'x')
                        time.sleep(0.001)
                " >/dev/null 2>&1
                """);

        function.end(Function.request("echo full").toString(), answer -> {});

        assertThat(function.run("id -u >/dev/null; echo back").out()).isEqualTo("back\n");
    }
}
