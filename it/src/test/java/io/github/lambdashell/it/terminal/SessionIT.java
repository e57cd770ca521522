package io.github.lambdashell.it.terminal;

import static io.github.lambdashell.it.terminal.Session.CTRL_C;
import static io.github.lambdashell.it.terminal.Session.CTRL_D;
import static io.github.lambdashell.it.terminal.Session.ENTER;
import static io.github.lambdashell.it.terminal.Session.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The beginning and the end of sessions at a terminal, and what remains of them. */
class SessionIT {
    @TempDir
    Path files;

    @BeforeAll
    static void deploy() {
        Maven.run("deploy");
    }

    @Test
    void historyIsKeptPerStackAndPrivate() throws IOException {
        try (Session first = Session.open(Map.of())) {
            first.run("echo remember me");
            first.run(" echo forget me");
            assertThat(first.exit()).isZero();
        }
        try (Session second = Session.open(Map.of())) {
            second.type(UP);
            second.awaitTyped("echo remember me");
            second.type(CTRL_C);
            second.awaitPrompt();
            assertThat(second.exit()).isZero();
        }

        Path history = Maven.home().resolve("history/local-lshell");
        assertThat(history).content().contains("echo remember me").doesNotContain("forget");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    /** A stack that was not deployed has no history, and does not exist after the session. */
    @Test
    void aTemporaryStackIsRemovedAtTheEnd() throws IOException {
        Files.deleteIfExists(Maven.home().resolve("history/local-lshell-other"));
        String function;
        try (Session session = Session.open(Map.of(), "-Dlshell.stackName=lshell-other")) {
            session.type(UP);
            session.awaitPrompt();
            function = session.run("echo $AWS_LAMBDA_FUNCTION_NAME").strip();
            assertThat(session.exit()).isZero();
        }
        assertThat(function).matches("lshell-other-\\w+");
        for (String records : List.of("stacks", "local/stacks")) {
            try (Stream<Path> left = Files.list(Maven.home().resolve(records))) {
                assertThat(left).noneMatch(record -> record.toString().contains(function));
            }
        }
    }

    /** From JDK 24 on, native code of the terminal library would cause warnings. */
    @Test
    void theNewestJdkRestoresTheTerminalAtTheEndAndCausesNoWarning() throws IOException {
        try (Session session = sessionInAShell(Map.of("JAVA_HOME", newestJdk().toString()))) {
            session.awaitPrompt();
            session.run("true");
            session.type(CTRL_D);
            session.terminal().awaitExit();
            assertThat(session.terminal().written()).doesNotContain("jline");
        }
        requireSameTerminal();
    }

    /** Returns the newest JDK beside the one that runs this test. */
    private static Path newestJdk() throws IOException {
        Path current = Path.of(System.getProperty("java.home"));
        try (Stream<Path> homes = Files.list(current.getParent())) {
            return homes.filter(home -> Files.exists(home.resolve("bin/java")))
                    .max(Comparator.comparing(SessionIT::version))
                    .orElse(current);
        }
    }

    private static Runtime.Version version(Path home) {
        try {
            Matcher version =
                    Pattern.compile("JAVA_VERSION=\"(.*)\"").matcher(Files.readString(home.resolve("release")));
            return Runtime.Version.parse(version.find() ? version.group(1) : "1");
        } catch (IOException e) {
            return Runtime.Version.parse("1");
        }
    }

    @Test
    void theTerminalIsRestoredWhenTheGoalIsKilledAtThePrompt() throws IOException {
        try (Session session = sessionInAShell()) {
            session.awaitPrompt();
            session.kill();
            session.terminal().awaitExit();
        }
        requireSameTerminal();
    }

    @Test
    void theTerminalIsRestoredWhenTheGoalIsKilledWhileACommandRuns() throws IOException {
        try (Session session = sessionInAShell()) {
            session.awaitPrompt();
            session.enter("echo begun; sleep 100");
            session.awaitShown("\nbegun\n");
            session.kill();
            session.terminal().awaitExit();
        }
        requireSameTerminal();
    }

    @Test
    void theTerminalIsRestoredAfterAnError() throws IOException {
        Path home = Files.createDirectory(files.resolve("home"));
        Files.createFile(home.resolve("history"));
        try (Session session = sessionInAShell("-Dlshell.home=" + home)) {
            session.awaitShown("Can't write to " + home.resolve("history"));
            session.terminal().awaitExit();
        }
        requireSameTerminal();
    }

    /** Starts a session in a shell that records the terminal settings before and after it. */
    private Session sessionInAShell(String... options) {
        return sessionInAShell(Map.of(), options);
    }

    private Session sessionInAShell(Map<String, String> environment, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "sh", "-c", "trap : INT; cd \"$0\"; stty -a > before; \"$@\"; stty -a > after", files.toString()));
        command.addAll(Maven.command(options));
        command.add(Maven.goal("interactive"));
        return new Session(PseudoTerminal.start(command, Maven.directory(), environment));
    }

    private void requireSameTerminal() throws IOException {
        assertThat(settings("after"))
                .containsPattern("\\bisig icanon\\b")
                .contains(" echo ")
                .isEqualTo(settings("before"));
    }

    /** Returns the terminal settings without its size and the number of its line discipline. */
    private String settings(String when) throws IOException {
        return Files.readString(files.resolve(when)).replaceAll("(rows|columns|line =) \\d+;", "");
    }

    @Test
    void ctrlCEndsACommandWithoutIsolation() {
        try (Session session = Session.open(Map.of(), "-Dlshell.local.isolation=none")) {
            session.enter("cd /tmp; echo begun; sleep 100; echo after");
            session.awaitShown("\nbegun\n");
            session.type(CTRL_C);
            session.awaitPrompt();
            assertThat(session.exitCode()).isEqualTo(130);
            assertThat(session.terminal().screen()).doesNotContain("\nafter");
        }
    }

    /** Its process lives on between the commands, which can look at it, until Ctrl-C ends it. */
    @Test
    void eventsArePassedToTheProjectsHandler() throws IOException {
        Path event = Files.writeString(files.resolve("order.json"), "{\"order\": 7}");
        try (Session session = Session.open(
                Map.of(),
                "-Dlshell.stackName=lshell-orders",
                "-Dlshell.codePath=" + jarOfOrders(),
                "-Dlshell.handler=Orders::handle")) {
            assertThat(session.run(":invoke " + event))
                    .startsWith("received\n{\n  \"order\": 7\n}\n[")
                    .containsPattern("\n\\[[0-9.]+ ms, init [0-9.]+ ms, \\d+ MB used]\n");
            assertThat(session.terminal().isYellow("received")).isTrue();
            String process = session.run("echo $HANDLER_PID; grep -c 'open files' /proc/$HANDLER_PID/limits");
            assertThat(process).matches("\\d+\n1\n");
            session.run(":invoke -n 20");
            assertThat(session.exitCode()).isZero();
            session.awaitShown("\n[20 invocations: p50 ");
            session.awaitShown("\n[growth: descriptors ");

            session.run(":invoke {}");
            assertThat(session.exitCode()).isEqualTo(1);
            session.awaitShown("\njava.lang.IllegalArgumentException: no order\n    at Orders.handle(Orders.java:");

            session.enter(":invoke {\"sleep\": 100}");
            session.awaitShown("\nsleeps\n");
            session.type(CTRL_C);
            session.awaitPrompt();
            assertThat(session.exitCode()).isEqualTo(130);
            session.awaitShown("\n[Ctrl-C ended the handler's process;");
            assertThat(session.run("echo $HANDLER_PID")).matches("\\d+\n").isNotEqualTo(process.split("(?<=\n)")[0]);
            assertThat(session.exit()).isZero();
        }
    }

    private Path jarOfOrders() throws IOException {
        Path source = Files.writeString(files.resolve("Orders.java"), """
                import java.util.Map;

                public class Orders {
                    public Map<String, Object> handle(Map<String, Object> event) throws InterruptedException {
                        System.out.println("received");
                        if (event.isEmpty()) {
                            throw new IllegalArgumentException("no order");
                        }
                        if (event.containsKey("sleep")) {
                            System.out.println("sleeps");
                            Thread.sleep(100_000);
                        }
                        return event;
                    }
                }
                """);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "--release", "11", "-d", files.toString(), source.toString()))
                .isZero();
        Path jar = files.resolve("orders.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("Orders.class"));
            Files.copy(files.resolve("Orders.class"), zip);
        }
        return jar;
    }

    /** Without {@code -q}, the level of isolation is logged when the first sandbox starts, while the prompt is shown. */
    @Test
    void theLogAppearsAboveThePrompt() {
        List<String> command = new ArrayList<>(Maven.command());
        command.remove("-q");
        command.add(Maven.goal("interactive"));
        try (Session session = new Session(PseudoTerminal.start(command, Maven.directory(), Map.of()))) {
            session.awaitPrompt();
            session.type("echo typed");
            session.awaitShown("\n[INFO] Local target: isolation is ");

            session.terminal().await("the prompt", now -> now.untilCursor().endsWith("\nlshell:/var/task$ echo typed"));
            session.type(ENTER);
            session.awaitShown("$ echo typed\ntyped\nlshell:/var/task$");
            assertThat(session.exit()).isZero();
        }
    }

    @Test
    void aPlainTerminalGetsPlainText() {
        try (Session session = Session.open(Map.of("TERM", "dumb"))) {
            session.type("echo wrong >&2; false" + ENTER);
            session.awaitShown("\nwrong\n");
            session.awaitShown(" [1]$");
            assertThat(session.terminal().written()).doesNotContain("\033");
        }
    }

    @Test
    void noColorSwitchesColoursOff() {
        try (Session session = Session.open(Map.of("NO_COLOR", "1"))) {
            session.run("echo wrong >&2; false");
            assertThat(session.terminal().written()).doesNotContainPattern("\033\\[[0-9;]*3[0-9]");
        }
    }

    @Test
    void batchModeIsRefused() {
        try (Session session = Session.start(Map.of(), "-B")) {
            session.awaitShown("Maven runs in batch mode (-B), so nobody can type commands");
            assertThat(session.terminal().awaitExit()).isNotZero();
        }
    }

    @Test
    void removingAllStacksAsksFirst() {
        List<String> command = new ArrayList<>(Maven.command("-Dlshell.all"));
        command.add(Maven.goal("teardown"));
        try (Session session = new Session(PseudoTerminal.start(command, Maven.directory(), Map.of()))) {
            session.awaitShown("[y/N]");
            session.type("n" + ENTER);
            assertThat(session.terminal().awaitExit()).isZero();
        }
    }

    @Test
    void theMavenDaemonIsRefused() {
        try (Session session = Session.start(Map.of(), "-Dmvnd.home=/opt/mvnd")) {
            session.awaitShown("Use mvn instead of mvnd for this goal");
            assertThat(session.terminal().awaitExit()).isNotZero();
        }
    }
}
