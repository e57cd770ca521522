package io.github.lambdashell.it.terminal;

import static io.github.lambdashell.it.terminal.Session.ENTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The pictures of the README, from a real session and a real report: -Dit.test=PicturesIT -Dlshell.writePictures=true. */
@EnabledIfSystemProperty(named = "lshell.writePictures", matches = "true")
class PicturesIT {
    private static final Path PICTURES = Path.of("../lambda-shell-maven-plugin/src/site/resources/images");
    private static final Path PROJECT = Maven.directory().resolve("orders");
    private static final int COLUMNS = 96;
    private static final int ROWS = 17;

    private static final List<String> COMMANDS = List.of(
            "java -version",
            "touch orders.log",
            "cd /tmp && export STAGE=test && touch orders.log",
            "ls; echo $STAGE $AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            ":check reachable localhost:5432");

    @BeforeAll
    static void createProject() throws IOException {
        FileUtils.copyDirectory(Path.of("src/pictures").toFile(), PROJECT.toFile());
        Files.createDirectories(PICTURES);
    }

    private Recording recording;
    private Session session;
    private long recorded;

    @Test
    void thePromptIsRecorded() throws IOException {
        recording = new Recording(COLUMNS, ROWS);
        List<String> shell = List.of("/bin/bash", "--norc", "--noprofile");
        String options =
                String.join(" ", Maven.command().subList(1, Maven.command().size()));
        Map<String, String> environment = Map.of(
                "PS1",
                "$ ",
                "HISTFILE",
                "",
                "BASH_FUNC_mvn%%",
                "() { " + System.getProperty("it.maven") + " " + options + " \"$@\"\n}");
        try (PseudoTerminal terminal = PseudoTerminal.start(shell, PROJECT, environment)) {
            terminal.resize(COLUMNS, ROWS);
            session = new Session(terminal);
            terminal.await("the shell", now -> now.untilCursor().equals("$ "));
            record(0);
            type("mvn lshell:interactive");
            awaitPrompt();
            for (String command : COMMANDS) {
                type(command);
                awaitPrompt();
            }
            type("exit");
            terminal.await("the end", now -> keep(now.untilCursor().endsWith("\n$ ")));
        }

        write("prompt-light.svg", recording.svg("A session at the prompt of lshell:interactive", Recording.LIGHT));
        write("prompt-dark.svg", recording.svg("A session at the prompt of lshell:interactive", Recording.DARK));
    }

    private void type(String line) {
        PseudoTerminal.sleep(Duration.ofMillis(300));
        record(900);
        for (int i = 1; i <= line.length(); i++) {
            session.type(line.substring(i - 1, i));
            session.awaitTyped(line.substring(0, i));
            record(60);
        }
        record(400);
        session.type(ENTER);
        session.terminal()
                .await("the end of the line", now -> keep(!now.untilCursor().endsWith("$ " + line)));
    }

    private void awaitPrompt() {
        session.terminal()
                .await(
                        "a prompt",
                        now -> keep(Session.PROMPT.matcher(now.untilCursor()).find()));
        PseudoTerminal.sleep(Duration.ofMillis(300));
        record(100);
    }

    /** Records a screen at its time, but no wait for longer than half a second. */
    private boolean keep(boolean reached) {
        record((int) Math.min(500, (System.nanoTime() - recorded) / 1_000_000));
        return reached;
    }

    private void record(int pause) {
        int[] cursor = new int[2];
        recording.add(pause, session.terminal().cells(cursor), cursor);
        recorded = System.nanoTime();
    }

    private static void write(String name, String content) throws IOException {
        Files.writeString(PICTURES.resolve(name), content);
    }

    @Test
    void theReportIsPhotographed() throws Exception {
        List<String> command = new ArrayList<>(Maven.command("-B", "verify"));
        Path log = PROJECT.resolve("build.log");
        new ProcessBuilder(command)
                .directory(PROJECT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        Path reports = PROJECT.resolve("target/lshell-reports");
        assertThat(reports).as(Files.readString(log)).isDirectory();
        Path report;
        try (Stream<Path> files = Files.list(reports)) {
            report = files.filter(file -> file.toString().endsWith(".html"))
                    .findFirst()
                    .orElseThrow();
        }

        // Blink's number of the scheme that a page shall prefer.
        photograph(report, "report-dark.png", 0);
        photograph(report, "report-light.png", 1);
    }

    private static void photograph(Path page, String picture, int scheme) throws Exception {
        Path file = PICTURES.resolve(picture).toAbsolutePath().normalize();
        Files.deleteIfExists(file);
        new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--user-data-dir=" + PROJECT.resolve("profile"),
                        "--blink-settings=preferredColorScheme=" + scheme,
                        "--window-size=1000,1010",
                        "--screenshot=" + file,
                        page.toUri().toString())
                .redirectErrorStream(true)
                .redirectOutput(PROJECT.resolve("browser.log").toFile())
                .start()
                .waitFor();
        assertThat(file).isNotEmptyFile();
    }
}
