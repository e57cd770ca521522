package io.github.lambdashell.it.terminal;

import static io.github.lambdashell.it.terminal.Session.CTRL_C;
import static io.github.lambdashell.it.terminal.Session.CTRL_D;
import static io.github.lambdashell.it.terminal.Session.CTRL_L;
import static io.github.lambdashell.it.terminal.Session.CTRL_R;
import static io.github.lambdashell.it.terminal.Session.ENTER;
import static io.github.lambdashell.it.terminal.Session.LEFT;
import static io.github.lambdashell.it.terminal.Session.TAB;
import static io.github.lambdashell.it.terminal.Session.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One session at a terminal; after whatever a test did, its prompt is as it was before. */
class PromptIT {
    private static Session session;

    @BeforeAll
    static void deploy() {
        Maven.run("deploy");
    }

    /** The heap is smaller than what some commands write. */
    @BeforeEach
    void open() {
        if (session == null) {
            session = Session.open(Map.of("MAVEN_OPTS", "-Xmx96m"));
            // Before the first command, too, the prompt tells where it will run.
            session.terminal().await("the directory", now -> now.untilCursor().endsWith("lshell:/var/task$ "));
        }
    }

    @AfterEach
    void thePromptIsIntact() {
        boolean intact = false;
        try {
            session.awaitPrompt();
            assertThat(session.run("echo still here")).isEqualTo("still here\n");
            session.run("cd /var/task");
            session.type(CTRL_L);
            session.terminal()
                    .await("an empty screen", now -> now.screen().lines().count() == 1);
            intact = true;
        } finally {
            if (!intact) {
                close();
            }
        }
    }

    @AfterAll
    static void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    @Test
    void whatIsTypedRunsInTheFunction() {
        assertThat(session.run("echo $AWS_LAMBDA_FUNCTION_MEMORY_SIZE; pwd")).isEqualTo("512\n/var/task\n");
    }

    @Test
    void aLineIsEditedInPlace() {
        session.type("echo hell world");
        session.type(LEFT.repeat(" world".length()) + "o");
        session.type(ENTER);

        session.awaitShown("\nhello world\n");
    }

    @Test
    void thePromptTellsDirectoryAndExitCode() {
        session.run("cd /tmp; false");

        assertThat(session.terminal().untilCursor()).endsWith("lshell:/tmp [1]$ ");
        session.run("true");
        assertThat(session.terminal().untilCursor()).endsWith("lshell:/tmp$ ");
    }

    @Test
    void thePromptBeginsOnALineOfItsOwn() {
        assertThat(session.run("printf unfinished")).startsWith("unfinished");
    }

    @Test
    void variablesFunctionsAliasesAndOptionsCarryOver() {
        session.run("a=1; export B=2; f() { echo f$1; }; alias g='echo g'; umask 027; set -o noglob; shopt -s extglob");

        assertThat(session.run("echo $a $B * $(umask) $(shopt extglob); f 3; g 4"))
                .isEqualTo("1 2 * 0027 extglob on\nf3\ng 4\n");
        session.run("set +o noglob; unalias g; umask 022");
    }

    @Test
    void outputShowsWhenItIsWritten() {
        session.enter("for i in 1 2 3; do echo line $i; sleep 0.7; done");

        session.awaitShown("\nline 1\n");
        assertThat(session.terminal().screen()).doesNotContain("line 3");
        session.awaitShown("\nline 3\n");
    }

    @Test
    void standardErrorIsRed() {
        session.run("printf 'pl%s\\n' ain; printf 'wr%s\\n' ong >&2; printf 'ag%s\\n' ain");

        assertThat(session.terminal().isRed("wrong")).isTrue();
        assertThat(session.terminal().isRed("plain")).isFalse();
        assertThat(session.terminal().isRed("again")).isFalse();
    }

    @Test
    void tabCompletesCommandsFilesVariablesAndColonCommands() {
        complete("sha256s", "sha256sum ");
        complete("cat /proc/meminf", "cat /proc/meminfo ");
        complete("ls /proc/self/tas", "ls /proc/self/task/");
        complete("echo $AWS_LAMBDA_FUNCTION_MEM", "echo $AWS_LAMBDA_FUNCTION_MEMORY_SIZE ");
        complete(":keep", ":keepalive ");
    }

    private void complete(String typed, String completed) {
        session.type(typed);
        session.awaitTyped(typed);
        session.type(TAB);
        session.awaitTyped(completed);
        session.type(CTRL_C);
        session.awaitPrompt();
    }

    @Test
    void tabKnowsWhatTheSessionMade() {
        session.run("mkdir -p /tmp/made; touch '/tmp/made/a file'; made_here() { :; }");

        complete("cat /tmp/made/a", "cat /tmp/made/a\\ file ");
        complete("made_h", "made_here ");
        session.run("cd /tmp/made");
        complete("cat 'a", "cat 'a file' ");
    }

    @Test
    void anOpenQuoteGoesOn() {
        session.type("echo 'one" + ENTER);
        session.awaitContinuation();
        session.type("two'" + ENTER);

        session.awaitShown("\none\ntwo\n");
    }

    @Test
    void aHereDocumentGoesOn() {
        session.type("cat <<END" + ENTER);
        session.awaitContinuation();
        session.type("in  it" + ENTER + "END" + ENTER);

        session.awaitShown("\nin  it\nlshell");
    }

    @Test
    void aBackslashAtTheEndGoesOn() {
        session.type("echo one \\" + ENTER);
        session.awaitContinuation();
        session.type("two" + ENTER);

        session.awaitShown("\none two\n");
    }

    @Test
    void aMistakeInSyntaxIsTheRemoteShellsToSay() {
        assertThat(session.run("echo )")).contains("syntax error near unexpected token");
        assertThat(session.exitCode()).isNotZero();
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
    void ctrlCAtThePromptDropsTheLine() {
        session.type("rm -rf something");
        session.awaitTyped("rm -rf something");
        session.type(CTRL_C);

        session.awaitPrompt();
    }

    @Test
    void ctrlCDropsWhatWasTypedAhead() {
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
    void aFunctionThatDoesNotHearCtrlCIsLetGoOf() {
        session.enter("echo begun; sleep 0.5; kill -STOP $PPID; sleep 100");
        session.awaitShown("\nbegun\n");
        Session.aMoment();
        session.type(CTRL_C);

        session.awaitShown("[the function does not hear Ctrl-C, so the command runs on without us");
        session.awaitPrompt();
        assertThat(session.exitCode()).isEqualTo(130);
        assertThat(session.run("echo on")).contains("on\n", "[another sandbox answers from here on: background");
        assertThat(session.run("echo on")).isEqualTo("on\n");
    }

    @Test
    void whatIsTypedReachesTheCommandLineByLine() {
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

    /** It may not be echoed: the terminal may still be as the prompt needed it. */
    @Test
    void whatIsTypedRightAfterEnterReachesTheCommand() {
        session.enter("cat");
        session.type("early" + ENTER);
        session.awaitShown("\nearly\n");
        session.type(CTRL_D);

        session.awaitPrompt();
        assertThat(session.exitCode()).isZero();
    }

    @Test
    void aQuestionIsAnswered() {
        session.enter("read -r answer; echo \"got $answer\"");
        Session.aMoment();
        session.type("forty two" + ENTER);

        session.awaitShown("\ngot forty two\n");
        session.awaitPrompt();
        assertThat(session.run("echo \"$answer\"")).isEqualTo("forty two\n");
    }

    @Test
    void pythonIsTalkedTo() {
        assumeTrue(session.run("command -v python3").contains("python3"), "there is no python3 in the sandbox");
        session.enter("python3 -qi");
        session.awaitShown("\n>>>");
        session.type("6 * 7" + ENTER);
        session.awaitShown("42\n");
        session.type(CTRL_D);

        session.awaitPrompt();
    }

    @Test
    void whatIsTypedAheadComesBackOnce() {
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

    /** Lines meet a command before, while and after it listens. */
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
    void historyGoesBack() {
        session.run("echo older");
        session.run("echo newer");
        session.type(UP + UP);

        session.awaitTyped("echo older");
        session.type(CTRL_C);
    }

    @Test
    void reverseSearchFindsACommand() {
        session.run("echo needle in the past");
        session.run("echo hay");
        session.type(CTRL_R + "needle");
        session.awaitShown("echo needle in the past");
        session.type(ENTER);

        session.terminal().await("it to run again", now -> now.screen().split("\nneedle in the past").length == 3);
    }

    @Test
    void aLineIsWrappedAtTheTerminalsNewWidth() {
        session.terminal().resize(40, PseudoTerminal.ROWS);
        Session.aMoment();
        session.type("echo " + "0123456789".repeat(4));

        session.terminal().await("the line on two rows", now -> now.untilCursor()
                .endsWith("lshell:/var/task$ echo 01234567890123456\n78901234567890123456789"));
        session.type(ENTER);
        session.awaitPrompt();
        session.terminal().resize(PseudoTerminal.COLUMNS, PseudoTerminal.ROWS);
        Session.aMoment();
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

    /** More than fits into an invocation, so it goes through the bucket. */
    @Test
    void aDirectoryGoesThereAndBack(@TempDir Path directory) throws IOException {
        Path sent = Files.createDirectory(directory.resolve("sent"));
        byte[] large = new byte[20_000_000];
        new Random(1).nextBytes(large);
        Files.write(sent.resolve("large file"), large);
        Files.createDirectory(sent.resolve("bin"));
        Path program = Files.writeString(sent.resolve("bin/run"), "#!/bin/sh\necho it ran\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(sent.resolve("link"), Path.of("bin/run"));
        Files.createSymbolicLink(sent.resolve("out"), Path.of("/etc/passwd"));

        assertThat(session.run(":put " + sent + " /tmp/there")).contains("/tmp/there: 2 files", "checksums are right");
        assertThat(session.run("/tmp/there/link")).isEqualTo("it ran\n");
        assertThat(session.run(":get /tmp/there " + directory.resolve("back")))
                .contains("2 files, ", "checksums are right", "[left out the link out, which leads out of it to");

        Path back = directory.resolve("back");
        assertThat(back.resolve("large file")).hasBinaryContent(large);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(back.resolve("bin/run"))))
                .isEqualTo("rwxr-x--x");
        assertThat(Files.readSymbolicLink(back.resolve("link"))).isEqualTo(Path.of("bin/run"));
        assertThat(back.resolve("out")).doesNotExist();
        session.run("rm -rf /tmp/there");
    }

    @Test
    void whatWasDoneIsSavedAsATranscript(@TempDir Path directory) {
        session.run("echo out; (exit 3)");
        session.run(":save " + directory.resolve("transcript"));

        assertThat(directory.resolve("transcript")).content().contains("$ echo out; (exit 3)\nout\n[exit code 3]\n");
    }

    @Test
    void whatAnswersIsTold() {
        assertThat(session.run(":info")).contains("stack            lshell on local", "java21", "512 MB", "warm");
        assertThat(session.run(":report")).contains("REPORT RequestId: ", "Billed Duration: ");
        assertThat(session.run(":endpoint")).contains("export AWS_ENDPOINT_URL='http://127.0.0.1:");
        assertThat(session.run(":env AWS_SECRET")).isEqualTo("AWS_SECRET_ACCESS_KEY=(hidden)\n");
        assertThat(session.run(":keepalive")).startsWith("off; on would be an invocation every 4 minutes");
    }

    @Test
    void aTimeoutOfTheSessionsOwnEndsACommand() {
        session.run(":timeout 500ms");

        assertThat(session.run("sleep 100")).isEqualTo("[ended at its timeout]\n");
        assertThat(session.run(":timeout off")).isEqualTo("no timeout but the function's own\n");
    }

    @Test
    void aSlowTerminalGetsAllOfIt() {
        session.enter("echo begun; sleep 0.5; seq 300000; echo end of it");
        session.awaitShown("\nbegun\n");
        session.terminal().read(false);
        PseudoTerminal.sleep(Duration.ofSeconds(2));
        session.terminal().read(true);

        session.awaitShown("\n300000\nend of it\n");
    }

    /** It writes three times what fits into the heap. */
    @Test
    void aTerminalThatDoesNotReadHoldsTheCommandUp() {
        session.enter(
                "rm -f /tmp/whole; echo begun; sleep 0.5; head -c 300000000 /dev/zero | tr '\\0' x; touch /tmp/whole");
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

    @Test
    void anUnknownColonCommandNamesTheNearest() {
        assertThat(session.run(":hlep")).contains("There is no :hlep", ":help");
    }
}
