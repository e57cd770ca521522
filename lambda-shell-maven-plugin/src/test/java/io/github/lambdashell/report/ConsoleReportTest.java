package io.github.lambdashell.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.RunEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {
    /** Marks colours with letters. */
    private static final class Letters implements ReportLog {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void info(String line) {
            lines.add("info " + line);
        }

        @Override
        public void warn(String line) {
            lines.add("warn " + line);
        }

        @Override
        public void error(String line) {
            lines.add("error " + line);
        }

        @Override
        public String success(String text) {
            return "G(" + text + ")";
        }

        @Override
        public String failure(String text) {
            return "R(" + text + ")";
        }

        @Override
        public String warning(String text) {
            return "Y(" + text + ")";
        }

        @Override
        public String strong(String text) {
            return "B(" + text + ")";
        }
    }

    private final Letters console = new Letters();
    private String summary;

    @BeforeEach
    void report() {
        CheckReport report = Hostile.report();
        ConsoleReport lines = new ConsoleReport(console);
        report.results().forEach(lines::finished);
        lines.ended(report);
        summary = report.summary();
    }

    @Test
    void aPassIsOneLine() {
        assertThat(console.lines.get(0)).matches("info G\\(PASS \\) passes \\(\\d+ ms, cold start\\)");
        assertThat(console.lines.get(1)).startsWith("error R(FAIL ) B(fails in");
    }

    @Test
    void aFailureHasPlaceCommandViolationsAndOutput() {
        int start = 1;
        assertThat(console.lines.subList(start + 1, start + 14))
                .containsExactly(
                        "error       declared in commands.yaml:4:3, command 2",
                        "error       $ cat; printf '\\033[31mred\\033[0m \\000\\001\\177 ]]> end\\n'; echo 'secret ***' >&2;"
                                + " exit 3",
                        "error       - exit code is 3, but expected 0",
                        "error       - stdout does not contain \"absent\"",
                        "error       - stderr has no line that matches '^oops'",
                        "error       stdout, " + (Hostile.MARKUP.length() + 25) + " bytes:",
                        "error       | " + Hostile.MARKUP + "\\x1b[31mred\\x1b[0m \\x00\\x01\\x7f ]]> end",
                        "error       stderr, 20 bytes:",
                        "error       | secret ***",
                        console.lines.get(start + 10),
                        console.lines.get(start + 11),
                        console.lines.get(start + 12),
                        console.lines.get(start + 13));
    }

    @Test
    void aPassOfSeveralInvocationsHasTheirPercentiles() {
        assertThat(console.lines)
                .contains("info G(PASS ) answers often (11.24 s, cold start, 2000 invocations, p50 6 ms, p95 10 ms)");
    }

    @Test
    void aFailedEventHasItsResponseItsLogAndTheProjectsOwnFrames() {
        int start = console.lines.indexOf("error R(FAIL ) B(throws) (15 ms, cold start)");
        assertThat(console.lines.subList(start + 1, console.lines.size()))
                .containsExactly(
                        "error       declared in commands.yaml:26:3, command 9",
                        "error       event {\"order\":\"<i>\"}",
                        "error       - the invocation failed with com.example.OrderException: no <order> ***\\x1b[1m",
                        "error       log, " + (Hostile.MARKUP.length() + 33) + " bytes:",
                        "error       | " + Hostile.MARKUP + "***",
                        "error       |     at com.example.App",
                        "error       error of the invocation:",
                        "error       | com.example.OrderException: no <order> ***\\x1b[1m",
                        "error       |     at com.example.Orders.find(Orders.java:12)",
                        "error       |     at com.example.App.<init>(App.java:7)",
                        "error       |     ... 3 more of frameworks, the runtime and the JDK");
    }

    @Test
    void longOutputIsCutInTheMiddleAndTheMissingLinesAreCounted() {
        assertThat(console.lines)
                .contains(
                        "error       | 30",
                        "error       | [... 99960 more lines, the reports have 32768 of 588895 bytes ...]",
                        "error       | 99991",
                        "error       | 100000")
                .hasSizeLessThan(150);
    }

    @Test
    void outputThatIsNoTextIsNamedAndNotShown() {
        assertThat(console.lines).contains("error       stdout, 2009 bytes of binary data");
    }

    @Test
    void anEmptyStreamHasNoLine() {
        assertThat(console.lines).noneMatch(line -> line.contains("empty"));
    }

    @Test
    void whatAViolationShowsIsNotRepeated() {
        assertThat(lines("""
                        - {run: seq 100, stdout: {equals: "1"}}
                        - {writable: [/dev/shm, /proc/sys], name: ready-made}
                        - {run: "printf '%0400d' 0", stdout: {contains: x}}
                        """))
                .contains("      - stdout is not the expected text, the first difference is in line 2", "        +70")
                .contains("      | ok - /dev/shm is writable")
                .noneMatch(line -> line.contains("| 100"))
                .noneMatch(line -> line.contains("| not ok"))
                .contains("      | " + "0".repeat(298) + " and 102 more characters");
    }

    private static List<String> lines(String checks) {
        Letters console = new Letters();
        Checks.run(checks).forEach(new ConsoleReport(console)::finished);
        return console.lines.stream()
                .map(line -> line.substring("error ".length()).replaceAll("[RGB]\\((.*)\\)", "$1"))
                .toList();
    }

    @Test
    void controlCharactersAreEscapedAndSecretsMasked() {
        assertThat(String.join("", console.lines)).doesNotContain("s3cr3t").doesNotMatch("(?s).*[\\x00-\\x1f\\x7f].*");
    }

    @Test
    void theCountsAreLeftToTheFailureOfTheRun() {
        assertThat(summary).matches("9 checks: 2 passed, 5 failed, 1 could not be checked, 1 skipped \\(\\S+ m?s\\)");
        assertThat(console.lines).noneMatch(line -> line.contains(summary));
    }

    @Test
    void aRunOnAnotherRuntimeThanRequestedNamesItInItsCounts() {
        RunEnvironment environment = new RunEnvironment(
                "local",
                "lshell-orders",
                "java21",
                "x86_64",
                "none",
                Optional.empty(),
                List.of("java21 requested, running on 17.0.15"));
        CheckReport report = new CheckReport("run", environment, Instant.EPOCH, Duration.ofMillis(5), false, List.of());

        new ConsoleReport(console).ended(report);

        assertThat(console.lines).endsWith("info G(0 checks: 0 passed (5 ms); java21 requested, running on 17.0.15)");
        assertThat(report.environment().properties())
                .containsEntry("differences", "java21 requested, running on 17.0.15");
    }
}
