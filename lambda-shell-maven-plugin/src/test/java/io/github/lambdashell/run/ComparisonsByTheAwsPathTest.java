package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.emulator.AwsEmulator;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.DeployLines;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.report.PlainLog;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A matrix and a comparison of environments, by the AWS path on the emulator. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class ComparisonsByTheAwsPathTest {
    @RegisterExtension
    private final Account account = new Account();

    @TempDir
    private Path directory;

    private AwsEmulator endpoint;
    private TargetConfig aws;

    @BeforeEach
    void start() {
        endpoint = AwsEmulator.start(account.home().resolve("emulator"));
        account.set("aws.accessKeyId", endpoint.accessKeyId());
        account.set("aws.secretAccessKey", endpoint.secretAccessKey());
        aws = new TargetConfig(Kind.AWS, "us-east-1", null, endpoint.uri(), account.home());
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void aMatrixRunsEachCheckInAStackOfEachRuntimeAndRemovesThem() throws Exception {
        List<RunMatrix.Environment> environments = Stream.of("provided.al2023", "provided.al2")
                .map(runtime -> new RunMatrix.Environment(
                        runtime,
                        new StackLease.Request(
                                Account.config("demo", FunctionSettings.NONE.complete(runtime)),
                                FunctionSettings.NONE,
                                false,
                                account.home()),
                        Optional.empty()))
                .toList();
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        RunMatrix.Request request =
                new RunMatrix.Request(environments, false, Checks.read("""
                        - {name: both, run: 'true', metrics: {maxMemoryUsed: {ge: 1}}}
                        - {name: one, run: 'false', when: {runtime: provided.al2}}
                        """), "run", directory, List.of(), 2, false);

        try (Target target = Targets.open(aws)) {
            assertThat(catchThrowable(() -> RunMatrix.run(target, request, new PlainLog(log::add), new Silence())))
                    .isInstanceOf(RunFailure.class)
                    .hasMessageContaining("FAIL  provided.al2: one")
                    .hasMessageContaining("2 checks in 2 environments: 2 passed, 1 failed, 1 skipped");
            assertThat(target.list()).isEmpty();
        }

        JsonNode report =
                new ObjectMapper().readTree(directory.resolve("lshell-run.json").toFile());
        assertThat(report.get("environments"))
                .extracting(each -> each.at("/report/environment/target").asText())
                .containsExactly("aws", "aws");
    }

    @Test
    void anEnvironmentOnAwsIsComparedWithThisMachines() throws Exception {
        Problems problems = new Problems();
        Map<DiffTerm, TargetConfig> terms = new LinkedHashMap<>();
        DiffTerm.read(List.of("local", "aws"), directory, problems)
                .forEach(term -> terms.put(term, term.text().equals("aws") ? aws : account.localTarget()));
        DeployLines listener = new DeployLines();

        List<String> lines;
        try (ShowDifferences differences = new ShowDifferences(
                terms,
                Account.config("demo", FunctionSettings.NONE.complete("provided.al2023")),
                account.home(),
                listener)) {
            lines = differences.compare().lines(false);
        }

        assertThat(problems.all()).isEmpty();
        assertThat(lines.get(0).split(" +")).containsExactly("", "local", "aws");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line.split(" +")).containsExactly("", "target", "local", "aws"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("  runtime-version  ").contains(" -  "));
        assertThat(listener.lines())
                .anyMatch(line -> line.startsWith("local: Removed stack demo-"))
                .anyMatch(line -> line.startsWith("aws: Removed stack demo-"));
        try (Target target = Targets.open(aws)) {
            assertThat(target.list()).isEmpty();
        }
    }
}
