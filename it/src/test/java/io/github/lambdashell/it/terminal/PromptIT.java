package io.github.lambdashell.it.terminal;

import static io.github.lambdashell.it.terminal.Session.CTRL_C;
import static io.github.lambdashell.it.terminal.Session.CTRL_R;
import static io.github.lambdashell.it.terminal.Session.ENTER;
import static io.github.lambdashell.it.terminal.Session.LEFT;
import static io.github.lambdashell.it.terminal.Session.TAB;
import static io.github.lambdashell.it.terminal.Session.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompt: editing, completion, continuation lines, state that is carried over, and colon commands. */
class PromptIT extends PromptFixture {
    @Test
    void aCommandRunsInTheFunction() {
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
    void thePromptShowsDirectoryAndExitCode() {
        session.run("cd /tmp; false");

        assertThat(session.terminal().untilCursor()).endsWith("lshell:/tmp [1]$ ");
        session.run("true");
        assertThat(session.terminal().untilCursor()).endsWith("lshell:/tmp$ ");
    }

    @Test
    void thePromptBeginsOnANewLine() {
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
    void standardErrorIsYellow() {
        session.run("printf 'pl%s\\n' ain; printf 'wr%s\\n' ong >&2; printf 'ag%s\\n' ain");

        assertThat(session.terminal().isYellow("wrong")).isTrue();
        assertThat(session.terminal().isYellow("plain")).isFalse();
        assertThat(session.terminal().isYellow("again")).isFalse();
    }

    @Test
    void tabCompletesCommandsFilesVariablesAndColonCommands() {
        complete("sha256s", "sha256sum ");
        complete("cat /proc/meminf", "cat /proc/meminfo ");
        complete("ls /proc/self/tas", "ls /proc/self/task/");
        complete("echo $AWS_LAMBDA_FUNCTION_MEM", "echo $AWS_LAMBDA_FUNCTION_MEMORY_SIZE ");
        complete(":keep", ":keepalive ");
        complete(":check nativeL", ":check nativeLibraries ");
    }

    /** Presses TAB until it completes: an answer that takes longer than 300 ms is used by the next TAB. */
    private void complete(String typed, String completed) {
        session.type(typed);
        session.awaitTyped(typed);
        for (int tabs = 0; tabs < 10 && !session.isTyped(completed); tabs++) {
            session.type(TAB);
            for (int i = 0; i < 200 && !session.isTyped(completed); i++) {
                PseudoTerminal.sleep(Duration.ofMillis(10));
            }
        }
        session.awaitTyped(completed);
        session.type(CTRL_C);
        session.awaitPrompt();
    }

    @Test
    void tabCompletesNewFilesAndFunctions() {
        session.run("mkdir -p /tmp/made; touch '/tmp/made/a file'; made_here() { :; }");

        complete("cat /tmp/made/a", "cat /tmp/made/a\\ file ");
        complete("made_h", "made_here ");
        session.run("cd /tmp/made");
        complete("cat 'a", "cat 'a file' ");
    }

    @Test
    void anOpenQuoteContinuesOnTheNextLine() {
        session.type("echo 'one" + ENTER);
        session.awaitContinuation();
        session.type("two'" + ENTER);

        session.awaitShown("\none\ntwo\n");
    }

    @Test
    void aHereDocumentContinuesOnTheNextLine() {
        session.type("cat <<END" + ENTER);
        session.awaitContinuation();
        session.type("in  it" + ENTER + "END" + ENTER);

        session.awaitShown("\nin  it\nlshell");
    }

    @Test
    void aBackslashAtTheEndContinuesOnTheNextLine() {
        session.type("echo one \\" + ENTER);
        session.awaitContinuation();
        session.type("two" + ENTER);

        session.awaitShown("\none two\n");
    }

    @Test
    void aSyntaxErrorIsReportedByTheRemoteShell() {
        assertThat(session.run("echo )")).contains("syntax error near unexpected token");
        assertThat(session.exitCode()).isNotZero();
    }

    @Test
    void ctrlCAtThePromptDropsTheLine() {
        session.type("rm -rf something");
        session.awaitTyped("rm -rf something");
        session.type(CTRL_C);

        session.awaitPrompt();
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
        assertThat(session.run("echo $COLUMNS $LINES")).isEqualTo("40 30\n");
        session.terminal().resize(PseudoTerminal.COLUMNS, PseudoTerminal.ROWS);
        Session.aMoment();
        assertThat(session.run("env | grep ^COLUMNS")).isEqualTo("COLUMNS=140\n");
    }

    /** It has more than fits into an invocation, so it goes through the side channel. */
    @Test
    void aDirectoryIsUploadedAndDownloaded(@TempDir Path directory) throws IOException {
        Path sent = Files.createDirectory(directory.resolve("sent"));
        byte[] large = new byte[20_000_000];
        new Random(1).nextBytes(large);
        Files.write(sent.resolve("large file"), large);
        Files.createDirectory(sent.resolve("bin"));
        Path program = Files.writeString(sent.resolve("bin/run"), "#!/bin/sh\necho it ran\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(sent.resolve("link"), Path.of("bin/run"));
        Files.createSymbolicLink(sent.resolve("out"), Path.of("/etc/passwd"));

        assertThat(session.run(":put " + sent + " /tmp/there")).contains("/tmp/there: 2 files", "checksums match");
        assertThat(session.run("/tmp/there/link")).isEqualTo("it ran\n");
        assertThat(session.run(":get /tmp/there " + directory.resolve("back")))
                .contains("2 files, ", "checksums match", "[omitted the link out, which leads out of the directory to");

        Path back = directory.resolve("back");
        assertThat(back.resolve("large file")).hasBinaryContent(large);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(back.resolve("bin/run"))))
                .isEqualTo("rwxr-x--x");
        assertThat(Files.readSymbolicLink(back.resolve("link"))).isEqualTo(Path.of("bin/run"));
        assertThat(back.resolve("out")).doesNotExist();
        session.run("rm -rf /tmp/there");
    }

    @Test
    void theSessionIsSavedAsATranscript(@TempDir Path directory) {
        session.run("echo out; (exit 3)");
        session.run(":save " + directory.resolve("transcript"));

        assertThat(directory.resolve("transcript")).content().contains("$ echo out; (exit 3)\nout\n[exit code 3]\n");
    }

    @Test
    void colonCommandsShowStackReportsEndpointAndEnvironment() {
        assertThat(session.run(":info")).contains("stack            lshell on local", "java21", "512 MB", "warm");
        assertThat(session.run(":report")).contains("REPORT RequestId: ", "Billed Duration: ");
        assertThat(session.run(":endpoint")).contains("export AWS_ENDPOINT_URL='http://127.0.0.1:");
        assertThat(session.run(":env AWS_SECRET")).isEqualTo("AWS_SECRET_ACCESS_KEY=(hidden)\n");
        assertThat(session.run(":keepalive")).startsWith("off; on means an invocation of about 10 ms every 4 minutes");
    }

    @Test
    void theEndpointInvokesTheFunctionForClientsOfTheAwsApi(@TempDir Path directory)
            throws IOException, InterruptedException {
        assumeTrue(hasCurl(), "there is no curl that can sign requests");
        String function = session.run("echo $AWS_LAMBDA_FUNCTION_NAME").strip();
        String script = session.run(":endpoint")
                + "curl -s --aws-sigv4 aws:amz:$AWS_REGION:lambda --user $AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"
                + " -d '{\"command\": \"echo $((6 * 7))\"}' $AWS_ENDPOINT_URL/2015-03-31/functions/" + function
                + "/invocations";

        assertThat(output(directory, "sh", "-c", script)).contains("\"exitCode\":0", "\"stdout\":\"42\\n\"");
    }

    private static boolean hasCurl() {
        try {
            return output(Path.of("/"), "curl", "--help", "all").contains("--aws-sigv4");
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static String output(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void aReadyMadeCheckShowsWhatItFoundAndFailsLikeACommand() {
        assertThat(session.run(":check writable /tmp")).isEqualTo("ok - /tmp is writable\n");
        assertThat(session.exitCode()).isZero();

        assertThat(session.run(":check writable /tmp /no/such"))
                .isEqualTo("ok - /tmp is writable\nnot ok - /no/such does not exist\n");
        assertThat(session.exitCode()).isEqualTo(1);

        assertThat(session.run(":check reachable {address: '127.0.0.1:1', within: 2s}"))
                .startsWith("not ok - 127.0.0.1:1");
        assertThat(session.run(":check nativeLibrary")).contains("did you mean 'nativeLibraries'?", "The checks are ");
        assertThat(session.exitCode()).isEqualTo(1);
        session.run("true");
    }

    @Test
    void theLastCommandBecomesACheck() throws IOException {
        Path file = Maven.directory().resolve("src/lshell/commands.yaml");
        Files.deleteIfExists(file);
        // Other tests leave variables in the session.
        session.run("unset a B; cd /tmp; echo done");
        session.run("pwd");
        String check = "- name: where\n  run: pwd\n  workingDirectory: /tmp\n  stdout: /tmp\n";

        assertThat(session.run(":check where")).startsWith(check + "wrote src/lshell/commands.yaml: check 'where'\n");

        assertThat(file).content().isEqualTo("commands:\n" + check.indent(2));
        assertThat(session.run(":check where")).contains("name must be unique, but 'where' is used by");
        assertThat(session.run(":check -2 --show -- uname -s")).startsWith("Linux\n- name: pwd\n");
        session.run("cd /var/task");
    }

    @Test
    void anUnknownColonCommandNamesTheNearest() {
        assertThat(session.run(":hlep")).contains("Unknown command ':hlep'. Did you mean ':help'?");
    }

    @Test
    void aColonCommandMayBeAbbreviated() {
        assertThat(session.run(":hel")).contains(":watch SECONDS COMMAND");
    }

    @Test
    void twoExclamationMarksAreTheLastCommand() {
        session.run("echo a \\\"b");
        session.type("!! | tr a-z A-Z" + ENTER);
        session.awaitShown("$ echo a \\\"b | tr a-z A-Z\nA \"B\n");
        session.awaitPrompt();
        session.type(UP);

        session.awaitTyped("echo a \\\"b | tr a-z A-Z");
        session.type(CTRL_C);
    }

    @Test
    void aFullScreenProgramIsNotRun() {
        assertThat(session.run("top"))
                .isEqualTo("[top needs a terminal: use top -b -n 1, or :watch 2 top -b -n 1; \\top runs it anyway]\n");
        assertThat(session.exitCode()).isZero();
    }

    @Test
    void anUploadIntoAReadOnlyDirectorySuggestsTmp(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("small"), "text");

        assertThat(session.run(":put " + file))
                .contains("/var/task is read-only. Specify a directory in /tmp, as in :put FILE /tmp.");
        assertThat(session.run(":put " + file + " /tmp")).contains("4 bytes of 4 bytes", "/tmp/small: 1 file, 4 bytes");
    }
}
