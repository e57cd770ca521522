package io.github.lambdashell.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.RunEnvironment;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.ready.BuildFiles;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions, in a run on the local target with java21 on x86_64 and full isolation. */
class ConditionsTest {
    @TempDir
    private Path directory;

    private String reason(String when) throws IOException {
        Path file = Files.writeString(directory.resolve("commands.yaml"), "[{run: 'true', when: " + when + "}]");
        Settings settings = new Settings(
                directory,
                false,
                false,
                Optional.empty(),
                false,
                Map.of("CI", "true", "STAGE", "prod-eu"),
                Map.of("slow", "", "skip.it", "no"),
                () -> BuildFiles.NONE);
        LocalShell shell = new LocalShell();
        List<CheckResult> results = new CheckRunner(shell, Checks.options("run", 1, false), List.of())
                .run(Checks.read(Optional.empty(), Optional.of(file), settings))
                .results();
        assertThat(shell.requests()).isEqualTo(results.get(0).reason().isEmpty() ? 1 : 0);
        return results.get(0).reason();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{target: local}; ''",
                "{target: aws}; when: target is local, not aws",
                "{target: [aws, local]}; ''",
                "{runtime: java21}; ''",
                "{runtime: \"java2?\"}; ''",
                "{runtime: [python*, nodejs*]}; when: runtime is java21, not python* or nodejs*",
                "{architecture: x86_64}; ''",
                "{architecture: arm64}; when: architecture is x86_64, not arm64",
                "{isolation: full}; ''",
                "{isolation: none}; when: isolation is full, not none",
                "{environment: {CI: true}}; ''",
                "{environment: {CI: '*', STAGE: [test, prod-*]}}; ''",
                "{environment: {STAGE: test}}; when: the build's environment variable STAGE is not test",
                "{environment: {NONE: '*'}}; when: the build's environment variable NONE is not set",
                "{property: {slow: '*', skip.it: no}}; ''",
                "{property: {fast: '*'}}; when: the property fast is not set",
                "{target: aws, runtime: java21, property: {skip.it: 'yes'}}; 'when: target is local, not aws; the property skip.it is not yes'",
            })
    void aCheckIsSkippedUnlessAllConditionsHold(String when, String reason) throws IOException {
        assertThat(reason(when)).isEqualTo(reason);
    }

    @Test
    void theIsolationOfAwsIsFull() {
        assertThat(Checks.runOnAws("- {run: 'true', when: {target: aws, isolation: full}}", new LocalShell()))
                .extracting(CheckResult::reason)
                .containsExactly("");
    }

    @Test
    void aSandboxIsStartedWhereTheIsolationIsNotKnownYet() {
        AtomicInteger started = new AtomicInteger();
        LocalShell shell = new LocalShell();
        StepRunner runner = new StepRunner() {
            @Override
            public StepsResult run(List<Step> steps) throws InterruptedException {
                return shell.run(steps);
            }

            @Override
            public StepRunner isolated() {
                started.incrementAndGet();
                return this;
            }
        };
        Supplier<Optional<String>> isolation =
                () -> started.get() == 0 ? Optional.empty() : Optional.of("none, as plain processes");

        List<CheckResult> results = new CheckRunner(runner, options(isolation, false), List.of())
                .run(Checks.read("""
                        - {name: a, run: 'true', when: {target: aws, isolation: none}}
                        - {name: b, run: 'true', when: {isolation: none}}
                        - {name: c, run: 'true', when: {isolation: full}}
                        """))
                .results();

        assertThat(results)
                .extracting(CheckResult::reason)
                .containsExactly("when: target is local, not aws", "", "when: isolation is none, not full");
        assertThat(started).hasValue(1);
    }

    private static CheckRunner.Options options(Supplier<Optional<String>> isolation, boolean failFast) {
        CheckRunner.Options known = Checks.options("run", 1, failFast);
        RunEnvironment environment = known.environment().get();
        return new CheckRunner.Options(
                "run",
                () -> new RunEnvironment(
                        environment.target(),
                        environment.stack(),
                        environment.runtime(),
                        environment.architecture(),
                        environment.code(),
                        isolation.get(),
                        List.of()),
                known.limits(),
                known.secrets(),
                known.secretNames(),
                known.clock());
    }

    @Test
    void noSandboxIsStartedForAConditionAfterTheRunWasStopped() {
        List<CheckResult> results = new CheckRunner(new LocalShell(), options(Optional::empty, true), List.of())
                .run(Checks.read("[{name: a, run: exit 1}, {name: b, run: 'true', when: {isolation: full}}]"))
                .results();

        assertThat(results.get(1).reason()).isEqualTo("failFast, and \"a\" did not pass");
    }

    @Test
    void aCheckWhoseSourceIsLeftOutIsLeftOutForTheSameReason() {
        assertThat(Checks.run("""
                - {name: source, run: echo 1, when: {target: aws}, capture: {one: {from: stdout}}}
                - {name: user, run: 'echo ${{one}}', when: {target: aws}}
                """)).extracting(CheckResult::reason).containsOnly("when: target is local, not aws");
    }
}
