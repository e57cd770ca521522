package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.ready.BuildFiles;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.Matrix;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.report.PlainLog;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunMatrixTest {
    private static final String JAVA = "java" + Runtime.version().feature();
    /** A runtime that no machine has, as Lambda's oldest language. */
    private static final String MISSING = "java8";

    @TempDir
    private Path directory;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    /** A run, for tests that vary one of its parts. */
    private record Run(
            Path directory, Matrix matrix, String yaml, boolean allowMissing, int parallel, boolean failFast) {
        private Run(Path directory, Matrix matrix, String yaml) {
            this(directory, matrix, yaml, false, 1, false);
        }

        private void on(Target target, List<String> log) throws Exception {
            Path file = Files.writeString(directory.resolve("commands.yaml"), yaml);
            Settings settings = new Settings(
                    directory, false, true, Optional.empty(), false, Map.of(), Map.of(), () -> BuildFiles.NONE);
            List<Check> checks = Checks.read(Optional.empty(), Optional.of(file), settings);
            List<RunMatrix.Environment> environments = matrix.combinations().stream()
                    .map(combination -> new RunMatrix.Environment(
                            combination.name(),
                            new StackLease.Request(
                                    Account.config(
                                            "demo", combination.settings().complete("provided.al2023")),
                                    FunctionSettings.NONE,
                                    false,
                                    directory.resolve("home")),
                            Optional.ofNullable(combination.settings().memorySize())))
                    .toList();
            RunMatrix.run(
                    target,
                    new RunMatrix.Request(
                            environments,
                            allowMissing,
                            checks,
                            "run",
                            directory.resolve("reports"),
                            List.of(),
                            parallel,
                            failFast),
                    new PlainLog(log::add),
                    new Silence());
        }

        private Throwable failure(List<String> log) {
            try (Target target = open(directory)) {
                Throwable failure = catchThrowable(() -> on(target, log));
                assertThat(target.list()).isEmpty();
                return failure;
            }
        }
    }

    private static Target open(Path directory) {
        return Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, directory.resolve("home")));
    }

    private static Matrix runtimes(String... runtimes) {
        return new Matrix(List.of(runtimes), List.of(), List.of(), false);
    }

    private static Matrix memorySizes(Integer... sizes) {
        return new Matrix(List.of(), List.of(), List.of(sizes), false);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("reports/lshell-run.json").toFile());
    }

    private String report(String name) throws IOException {
        return Files.readString(directory.resolve("reports").resolve(name));
    }

    private List<String> linesOf(String start) {
        return log.stream().filter(line -> line.startsWith(start)).toList();
    }

    @Test
    void everyCheckRunsInEveryEnvironmentAndOneTableShowsAll() throws Exception {
        Throwable failure = new Run(directory, runtimes(JAVA, "provided.al2023"), """
                - {name: has Java, run: '[ "$AWS_EXECUTION_ENV" = AWS_Lambda_%s ]'}
                - {name: has a shell, run: 'true'}
                - {name: only Java, run: 'true', when: {runtime: 'java*'}}
                - name: captures
                  run: echo $AWS_LAMBDA_FUNCTION_NAME
                  capture: {fn: {stdout: {}}}
                """.formatted(JAVA)
                        .replaceFirst("(?s)- name: captures.*", ""))
                .failure(log);

        assertThat(failure)
                .isInstanceOf(RunFailure.class)
                .message()
                .contains("\nFAIL  provided.al2023: has Java (commands.yaml:1:3, command 1): exit code is 1, but"
                        + " expected 0\n3 checks in 2 environments: 4 passed, 1 failed, 1 skipped (")
                .endsWith("lshell-run.html");
        assertThat(log)
                .containsSubsequence(
                        "             " + JAVA + "   provided.al2023",
                        "has Java     pass     FAIL",
                        "has a shell  pass     pass",
                        "only Java    pass     skipped");
        assertThat(linesOf("PASS  " + JAVA + ": has Java")).hasSize(1);
        assertThat(report("TEST-lshell-run-" + JAVA + ".xml"))
                .contains("name=\"run-" + JAVA + "\"", "tests=\"3\"", "failures=\"0\"");
        assertThat(report("TEST-lshell-run-provided.al2023.xml"))
                .contains(
                        "name=\"run-provided.al2023\"",
                        "failures=\"1\"",
                        "when: runtime is provided.al2023, not java*");
        assertThat(json().at("/environments").findValuesAsText("name")).contains(JAVA, "provided.al2023");
        assertThat(json().at("/environments/1/report/checks/0/status").textValue())
                .isEqualTo("failed");
        assertThat(report("lshell-run.html"))
                .contains("<td class=\"failed\"><a href=\"#environment-2-check-1\">FAIL</a>");
    }
}
