package io.github.lambdashell.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.MatrixReport;
import io.github.lambdashell.check.run.CheckRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MatrixTableTest {
    private static List<String> table(String... environments) {
        CheckReport report = new CheckRunner(new LocalShell(), Checks.options("run", 1, false), List.of())
                .run(Checks.read("[{name: \"a check with a name that is longer than the table\", run: 'true'},"
                        + " {name: b, run: exit 1}, {name: c, run: 'true', skip: true}]"));
        List<MatrixReport.Column> columns = new ArrayList<>();
        for (String environment : environments) {
            Optional<String> notRun = environment.startsWith("java8") ? Optional.of("no JDK") : Optional.empty();
            columns.add(new MatrixReport.Column(environment, report, notRun));
        }
        return MatrixTable.lines(
                new MatrixReport("run", report.started(), report.elapsed(), columns), new PlainLog(line -> {}));
    }

    @Test
    void checksAreDownAndEnvironmentsAcross() {
        assertThat(table("java17-512MB", "java8-1024MB"))
                .containsExactly(
                        "                                          java17   java8",
                        "                                          512MB    1024MB",
                        "a check with a name that is longer th...  pass     not run",
                        "b                                         FAIL     not run",
                        "c                                         skipped  not run");
    }

    @Test
    void environmentsThatDoNotFitHaveATableOfTheirOwn() {
        String[] names = new String[9];
        for (int i = 0; i < names.length; i++) {
            names[i] = "provided.al2023-x86_64-" + (i + 1) * 128 + "MB";
        }

        assertThat(table(names)).hasSize(3 * 6).allMatch(line -> line.length() <= 92);
        assertThat(table("x".repeat(200))).allMatch(line -> line.length() <= 92);
    }
}
