package io.github.lambdashell.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.JavaCommand;
import io.github.lambdashell.session.StepRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReportsOfARunTest {
    @TempDir
    private Path directory;

    private static Optional<String> run(Path directory, String checks) throws InterruptedException {
        return run(directory, new LocalShell(), checks);
    }

    private static Optional<String> run(Path directory, StepRunner runner, String checks) throws InterruptedException {
        ReportLog log = new PlainLog(System.out::println);
        FileReports files = new FileReports(directory, log);
        CheckReport report = new CheckRunner(
                        runner, Checks.options("run", 1, false), List.of(files, new ConsoleReport(log)))
                .run(Checks.read(checks));
        try {
            RunFailure.throwIfFailed(report, files.page(report.title()));
            return Optional.empty();
        } catch (RunFailure e) {
            return Optional.of(e.getMessage());
        }
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(directory.resolve("lshell-run.json").toFile());
    }

    @Test
    void aFailureHasALineForEachCheckThenTheCountsThenTheReport() throws Exception {
        assertThat(run(directory, "[{run: 'true'}]")).isEmpty();
        assertThat(run(directory, """
                        - {name: a s3cr3t-value, run: exit 1}
                        - {name: b, run: exit 0}
                        - {name: c, run: exit 1, stdout: {contains: x, matches: y}}
                        """)
                        .orElseThrow()
                        .replaceAll("\\([^()]* m?s\\)", "(TIME)")
                        .lines())
                .containsExactly(
                        "these checks did not pass:",
                        "FAIL  a *** (commands.yaml:1:3, command 1): exit code is 1, but expected 0",
                        "FAIL  c (commands.yaml:3:3, command 3): exit code is 1, but expected 0, and 2 more violations",
                        "3 checks: 1 passed, 2 failed (TIME)",
                        "Report: " + directory.resolve("lshell-run.html"));
        assertThat(json().at("/failed").intValue()).isEqualTo(2);
    }

    @Test
    void aCheckThatCouldNotBeRunMakesTheRunUnchecked() throws Exception {
        RunFailure failure = catchThrowableOfType(
                RunFailure.class, () -> RunFailure.throwIfFailed(Hostile.report(), Path.of("target/page.html")));

        assertThat(failure.isUnchecked()).isTrue();
        assertThat(failure)
                .message()
                .contains("\nERROR breaks (commands.yaml:19:3, command 7): The function <broke> with ***.")
                .endsWith("\nReport: target/page.html");
    }

    @Test
    void aReportThatCantBeWrittenIsReportedWithItsPath() {
        assertThatThrownBy(() -> run(Path.of("/proc/nowhere"), "[{run: 'true'}]"))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("Can't write the report /proc/nowhere/TEST-lshell-run.xml")
                .hasMessageContaining("lshell.reportsDirectory");
    }

    @Test
    void aSignalStillWritesReportsOfAllChecks() throws Exception {
        Process build = new ProcessBuilder(JavaCommand.of(Build.class, directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = build.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("PASS  first");

            build.destroy();

            assertThat(build.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            build.destroyForcibly();
        }
        JsonNode json = json();
        assertThat(json.at("/interrupted").booleanValue()).isTrue();
        assertThat(json.at("/checks").findValuesAsText("status")).containsExactly("passed", "error", "skipped");
        assertThat(json.at("/checks/1/reason").textValue()).startsWith("The build was interrupted while it ran");
        assertThat(directory.resolve("TEST-lshell-run.xml")).content().contains("lshell.interrupted");
        assertThat(directory.resolve("lshell-run.html")).content().contains("Interrupted, 1 of 3 passed");
    }

    /** What the test's signal ends. */
    static final class Build {
        private Build() {}

        public static void main(String[] arguments) throws InterruptedException {
            LocalShell shell = new LocalShell();
            StepRunner stuckAtTheSecond = steps -> {
                if (shell.requests() == 1) {
                    new CountDownLatch(1).await();
                }
                return shell.run(steps);
            };
            ReportsOfARunTest.run(
                    Path.of(arguments[0]),
                    stuckAtTheSecond,
                    "[{name: first, run: 'true'}, {name: second, run: 'true'}, {name: third, run: 'true'}]");
        }
    }
}
