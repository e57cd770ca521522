package io.github.lambdashell.check.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.run.CheckRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EqualsFileTest {
    private static final String REDACTIONS = "redactions: {id: '[0-9a-f]{8}', ms: '\\d+(?= ms)'}\n";

    @TempDir
    private Path directory;

    private List<Violation> compare(String output, String golden) throws IOException, InterruptedException {
        if (golden != null) {
            Files.writeString(golden(), golden);
        }
        return run(output, false);
    }

    private List<Violation> run(String output, boolean overwrite) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("output"), output);
        Path file = Files.writeString(
                directory.resolve("commands.yaml"),
                REDACTIONS
                        + "commands: [{run: cat output, workingDirectory: %s, stdout: {equalsFile: expected/a.txt}}]"
                                .formatted(directory));
        List<Check> checks = Checks.read(Optional.empty(), Optional.of(file), new Settings(directory, overwrite));
        CheckRunner runner = new CheckRunner(new LocalShell(), Checks.options("golden", 1, false), List.of());
        CheckResult result = runner.run(checks).results().get(0);
        assertThat(result.reason()).isEmpty();
        return result.violations();
    }

    private Path golden() throws IOException {
        Path file = directory.resolve("expected/a.txt");
        Files.createDirectories(file.getParent());
        return file;
    }

    @Test
    void outputThatEqualsTheFilePasses() throws Exception {
        assertThat(compare("a\nb\n", "a\nb\n")).isEmpty();
        assertThat(compare("a\nb", "a\nb\n")).as("a newline at the end aside").isEmpty();
        assertThat(compare("a\r\nb\r\n", "a\nb\n")).as("line ends aside").isEmpty();
        assertThat(compare("", "")).isEmpty();
        assertThat(compare("\n", "\n")).isEmpty();
        assertThat(compare("a\n\n", "a\n")).isNotEmpty();
    }

    @Test
    void threeDotsMatchAnyLinesAndBracketsAnyText() throws Exception {
        assertThat(compare("a\nb\nc\nd\n", "a\n...\nd\n")).isEmpty();
        assertThat(compare("a\nd\n", "a\n...\nd\n")).isEmpty();
        assertThat(compare("a\nx\nd\nx\nd\n", "...\nd\n")).as("backtracks").isEmpty();
        assertThat(compare("took 17 s at 12:00\n", "took [..] s at [..]\n")).isEmpty();
        assertThat(compare("took 17 s\n", "took [..] ms\n")).isNotEmpty();
        assertThat(compare("abab\n", "ab[..]b[..]ab\n"))
                .as("parts don't overlap")
                .isNotEmpty();
        assertThat(compare("a\nb\n", "a\n...\nc\n")).isNotEmpty();
        assertThat(compare("a\n", "...\n...\n")).isEmpty();
    }

    @Test
    void redactionsReplaceOutputThatChanges() throws Exception {
        assertThat(compare("request 0123abcd took 17 ms\n", "request [id] took [ms] ms\n"))
                .isEmpty();
        assertThat(compare("request nobody\n", "request [id]\n")).isNotEmpty();
    }

    @Test
    void aMismatchIsADiffWithExpandedWildcardsAndAHint() throws Exception {
        List<Violation> violations =
                compare("start\n1\n2\nid 0123abcd\nwrong\nend\n", "start\n...\nid [id]\nright\nend\n");

        assertThat(violations).singleElement().satisfies(violation -> {
            assertThat(violation.text())
                    .isEqualTo("stdout differs from " + golden() + ", the first difference is in line 5");
            assertThat(violation.diff())
                    .containsExactly(
                            "--- expected",
                            "+++ actual",
                            "@@ -2,5 +2,5 @@",
                            " 1",
                            " 2",
                            " id [id]",
                            "-right",
                            "+wrong",
                            " end");
            assertThat(violation.hint())
                    .isEqualTo("to accept the output, write it to the file with -Dlshell.overwrite");
        });
    }

    @Test
    void overwriteCreatesAMissingFile() throws Exception {
        assertThat(run("request 0123abcd\nend", true)).isEmpty();

        assertThat(golden()).hasContent("request [id]\nend\n");
        assertThat(run("request 4567abcd\nend", false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"50 %\r100 %\r", "a\r\r\nb\r", "\r"})
    void aFileThatWasWrittenOfCarriageReturnsMatches(String output) throws Exception {
        assertThat(run(output, true)).isEmpty();

        assertThat(run(output, false)).isEmpty();
        assertThat(run("other" + output, false)).isNotEmpty();
    }

    @Test
    void overwriteKeepsWildcardsThatStillMatch() throws Exception {
        Files.writeString(golden(), "start\n...\nid [..]\nright\nend\n");

        assertThat(run("start\n1\n2\nid 77\nwrong\nend\nmore\n", true)).isEmpty();

        assertThat(golden()).hasContent("start\n...\nid [..]\nwrong\nend\nmore\n");
    }

    @Test
    void overwriteDoesNotChangeAFileThatMatches() throws Exception {
        Files.writeString(golden(), "start\r\n...");

        assertThat(run("start\nmore\n", true)).isEmpty();

        assertThat(Files.readString(golden())).isEqualTo("start\r\n...");
    }
}
