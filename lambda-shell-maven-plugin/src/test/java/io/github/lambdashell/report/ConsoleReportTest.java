package io.github.lambdashell.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckReport;
import java.util.ArrayList;
import java.util.List;
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
                        "error       declared in commands.yaml:4:3, command 2 \"fails in <three> & \"ways\" ]]>\"",
                        "error       $ cat; printf '\\033[31mred\\033[0m \\000\\001\\177 ]]> end\\n'; echo 'secret ***' >&2;"
                                + " exit 3",
                        "error       - exit code is 3, but expected 0",
                        "error       - stdout does not contain \"absent\"",
                        "error       - stderr has no line that matches ^oops",
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
    void longOutputIsCutInTheMiddle() {
        assertThat(console.lines)
                .anyMatch(line -> line.matches("error {7}\\| \\[\\.\\.\\. \\d+ more lines, see the reports \\.\\.\\.]"))
                .contains("error       | 100000")
                .hasSizeLessThan(150);
    }

    @Test
    void controlCharactersAreEscapedAndSecretsMasked() {
        assertThat(String.join("", console.lines)).doesNotContain("s3cr3t").doesNotMatch("(?s).*[\\x00-\\x1f\\x7f].*");
    }

    @Test
    void theLastLineCounts() {
        assertThat(summary)
                .matches(
                        "7 checks: 1 passed, 4 failed, 1 could not be checked, 1 skipped \\(.*\\) on local, isolation full, by bubblewrap");
        assertThat(console.lines.get(console.lines.size() - 1)).isEqualTo("error R(" + summary + ")");
    }
}
