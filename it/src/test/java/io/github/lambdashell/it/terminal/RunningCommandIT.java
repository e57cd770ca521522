package io.github.lambdashell.it.terminal;

import static io.github.lambdashell.it.terminal.Session.CTRL_C;
import static io.github.lambdashell.it.terminal.Session.CTRL_D;
import static io.github.lambdashell.it.terminal.Session.ENTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A running command: Ctrl-C, typed input, and output of any size. */
class RunningCommandIT extends PromptFixture {
    @Test
    void outputAppearsWhenItIsWritten() {
        session.enter("for i in 1 2 3; do echo line $i; sleep 0.7; done");

        session.awaitShown("\nline 1\n");
        assertThat(session.terminal().screen()).doesNotContain("line 3");
        session.awaitShown("\nline 3\n");
    }

    @Test
    void ctrlCEndsTheCommandAndKeepsItsOutput() {
        session.enter("echo before; sleep 100; echo after");
        session.awaitShown("\nbefore\n");
        long start = System.nanoTime();

        session.type(CTRL_C);
        session.awaitPrompt();

        assertThat(session.exitCode()).isEqualTo(130);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(session.terminal().screen()).contains("before\n^C\n").doesNotContain("\nafter");
    }

    @Test
    void ctrlCDiscardsWhatWasTypedAhead() {
        session.enter("echo begun; sleep 100");
        session.awaitShown("\nbegun\n");
        session.type("echo ahead" + ENTER);
        session.awaitShown("\necho ahead\n");
        session.type(CTRL_C);

        session.awaitPrompt();
        Session.aMoment();
        assertThat(session.terminal().screen()).doesNotContain("\nahead");
    }

    @Test
    void aFunctionThatDoesNotReactToCtrlCIsNotWaitedFor() {
        session.enter("echo begun; sleep 0.5; kill -STOP $PPID; sleep 100");
        session.awaitShown("\nbegun\n");
        Session.aMoment();
        session.type(CTRL_C);

        session.awaitShown(
                "[the function did not react to Ctrl-C; the command continues in the background until its end");
        session.awaitPrompt();
        assertThat(session.exitCode()).isEqualTo(130);
        assertThat(session.run("echo on")).contains("on\n", "[another sandbox runs the commands now: background");
        assertThat(session.run("echo on")).isEqualTo("on\n");
    }

    @Test
    void inputReachesTheCommandLineByLine() {
        session.enter("echo begun; cat");
        session.awaitShown("\nbegun\n");
        session.type("one" + ENTER);
        session.awaitShown("\none\none\n");
        session.type("two" + ENTER);
        session.awaitShown("\ntwo\ntwo\n");
        session.type(CTRL_D);

        session.awaitPrompt();
        assertThat(session.exitCode()).isZero();
    }

    /** It is not always echoed, because the terminal can still be in raw mode. */
    @Test
    void inputRightAfterEnterReachesTheCommand() {
        session.enter("cat");
        session.type("early" + ENTER);
        session.awaitShown("\nearly\n");
        session.type(CTRL_D);

        session.awaitPrompt();
        assertThat(session.exitCode()).isZero();
    }

    @Test
    void aQuestionIsAnswered() {
        session.enter("read -rp 'How many? ' answer; echo \"got $answer\"");
        session.terminal().await("the question", now -> now.untilCursor().endsWith("\nHow many? "));
        Session.aMoment();
        session.type("forty two" + ENTER);

        session.awaitShown("\nHow many? forty two\ngot forty two\n");
        session.awaitPrompt();
        assertThat(session.run("echo \"$answer\"")).isEqualTo("forty two\n");
    }

    /** It is shown at once, also behind text that does not end its line and more than once. */
    @Test
    void aQuestionInTheMiddleOfALineIsAnswered() {
        session.enter(
                "name=ORDER; for i in 1 2; do printf 'Row %s, ' $i; read -p \"$name: \" x; echo \"got $x\"; done");
        session.terminal().await("the question", now -> now.untilCursor().endsWith("\nRow 1, ORDER: "));
        Session.aMoment();
        session.type("one" + ENTER);
        session.terminal().await("the next question", now -> now.untilCursor().endsWith("\nRow 2, ORDER: "));
        session.type("two" + ENTER);

        session.awaitShown("\nRow 1, ORDER: one\ngot one\nRow 2, ORDER: two\ngot two\n");
        session.awaitPrompt();
        assertThat(session.run("type -t read; declare -F read; env | grep -c read"))
                .isEqualTo("builtin\n0\n");
    }

    @Test
    void pythonRunsInteractively() {
        assumeTrue(session.run("command -v python3").contains("python3"), "there is no python3 in the sandbox");
        session.enter("python3 -qi");
        session.awaitShown("\n>>>");
        session.type("6 * 7" + ENTER);
        session.awaitShown("42\n");
        session.type(CTRL_D);

        session.awaitPrompt();
    }

    @Test
    void unreadInputComesBackToThePromptOnce() {
        session.enter("sleep 1");
        session.type("echo ahe");
        session.terminal()
                .await("the next prompt with it", now -> now.untilCursor().endsWith("$ echo ahe"));
        session.type("ad" + ENTER);

        session.awaitShown("\nahead\n");
        session.awaitPrompt();
        assertThat(session.terminal().screen()).containsOnlyOnce("\nahead\n");
    }

    @Test
    void linesTypedAheadRunOnceEach() {
        session.enter("sleep 1");
        session.type("echo first" + ENTER + "echo second" + ENTER);

        session.awaitShown("\nsecond\n");
        session.awaitPrompt();
        Session.aMoment();
        assertThat(session.terminal().screen()).containsOnlyOnce("\nfirst\n").containsOnlyOnce("\nsecond\n");
    }

    @Test
    void linesPastedAtOnceRunOnceEach() {
        session.type("echo first" + ENTER + "sleep 0.6" + ENTER + "echo second" + ENTER + "echo third" + ENTER);

        session.awaitShown("\nthird\n");
        session.awaitPrompt();
        Session.aMoment();
        assertThat(session.terminal().screen())
                .containsOnlyOnce("\nfirst\n")
                .containsOnlyOnce("\nsecond\n")
                .containsOnlyOnce("\nthird\n");
    }

    /** Lines arrive before, while and after a command reads input. */
    @Test
    void linesTypedAtAnyMomentRunOnceEach() {
        session.run("rm -f /tmp/lines");
        Random random = new Random(7);
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i <= 20; i++) {
            session.type("sleep 0." + random.nextInt(5) + "; echo " + i + " >> /tmp/lines" + ENTER);
            PseudoTerminal.sleep(Duration.ofMillis(random.nextInt(400)));
            expected.append(i).append(' ');
        }
        session.type("echo all; echo of them" + ENTER);
        session.awaitShown("\nall\nof them\n");
        session.awaitPrompt();

        assertThat(session.run("echo $(cat /tmp/lines)"))
                .isEqualTo(expected.toString().strip() + "\n");
    }

    @Test
    void watchRedrawsInPlaceUntilCtrlC() {
        session.run("echo 0 > /tmp/count");
        session.enter(":watch 0.2 echo n=$(($(cat /tmp/count) + 1)) | tee /tmp/n; cut -c3- /tmp/n > /tmp/count");
        session.awaitShown("n=3");
        assertThat(session.terminal().screen()).doesNotContain("n=2");
        session.type(CTRL_C);

        session.awaitPrompt();
    }

    @Test
    void theSessionsTimeoutEndsACommand() {
        session.run(":timeout 500ms");

        assertThat(session.run("sleep 100")).isEqualTo("[ended by the timeout of 500 ms that :timeout has set]\n");
        assertThat(session.run(":timeout off")).startsWith("no timeout except the function's of ");
    }

    @Test
    void aSlowTerminalGetsAllOutput() {
        session.enter("echo begun; sleep 0.5; seq 300000; echo end of it");
        session.awaitShown("\nbegun\n");
        session.terminal().read(false);
        PseudoTerminal.sleep(Duration.ofSeconds(2));
        session.terminal().read(true);

        session.awaitShown("\n300000\nend of it\n");
    }

    /** The output is larger than the heap, and too large to end while Ctrl-C is on its way. */
    @Test
    void aTerminalThatDoesNotReadSlowsTheCommand() {
        session.enter(
                "rm -f /tmp/whole; echo begun; sleep 0.5; head -c 5000000000 /dev/zero | tr '\\0' x; touch /tmp/whole");
        session.awaitShown("\nbegun\n");
        session.terminal().read(false);
        PseudoTerminal.sleep(Duration.ofSeconds(4));
        session.type(CTRL_C);
        PseudoTerminal.sleep(Duration.ofSeconds(1));
        session.terminal().read(true);

        session.awaitPrompt();
        assertThat(session.exitCode()).isEqualTo(130);
        assertThat(session.run("ls /tmp/whole")).contains("No such file");
    }

    @Test
    void anEndlessOutputIsEndedByCtrlC() {
        session.enter("yes");
        session.awaitShown("\ny\ny\ny\n");
        session.type(CTRL_C);

        session.awaitPrompt();
        assertThat(session.exitCode()).isEqualTo(130);
    }
}
