package io.github.lambdashell.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.Samples;
import io.github.lambdashell.check.Samples.Fact;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.MemoryChannel;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.protocol.Stragglers;
import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SamplesTest {
    /** A function whose requests have a number and wait for each other. */
    private static final class Environments implements StepRunner {
        private final AtomicInteger requests = new AtomicInteger();
        private final CyclicBarrier all;
        private final IntFunction<String> stdout;
        private final IntFunction<String> facts;
        private List<String> names;

        Environments(int count, IntFunction<String> stdout, IntFunction<String> facts) {
            this.all = new CyclicBarrier(count);
            this.stdout = stdout;
            this.facts = facts;
        }

        @Override
        public StepsResult run(List<Step> steps) throws InterruptedException {
            int number = requests.incrementAndGet();
            try {
                all.await(20, TimeUnit.SECONDS);
            } catch (BrokenBarrierException | TimeoutException e) {
                throw new ShellException("The requests are not sent at the same time", "Send them so", e);
            }
            names = steps.stream().map(Step::name).toList();
            return new StepsResult(
                    steps.stream().map(step -> result(step, number)).toList(),
                    "sandbox-" + number,
                    true,
                    Optional.empty(),
                    Stragglers.NONE);
        }

        private StepResult result(Step step, int number) {
            String text =
                    switch (step.name()) {
                        case "command" -> stdout.apply(number);
                        case "sample" -> facts.apply(number);
                        default -> "";
                    };
            Output output = Output.of(text);
            return new StepResult(
                    step.name(), false, 0, false, Duration.ZERO, Optional.empty(), output, output, output);
        }
    }

    private static CheckResult run(String yaml, StepRunner runner) {
        return Checks.run(yaml, runner).get(0);
    }

    private static List<String> texts(CheckResult result) {
        return result.violations().stream().map(Violation::text).toList();
    }

    @Test
    void theSamplesRunAtTheSameTimeWhateverParallelIs() {
        Environments function = new Environments(5, number -> "ok", number -> "kernel=6." + number % 2);

        CheckResult result = run("- {run: x, samples: 5, setup: [a], teardown: [b], stdout: ok}", function);

        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(function.names).containsExactly("hold", "setup", "command", "sample", "teardown");
        assertThat(result.run().orElseThrow().sampled().orElseThrow().lines())
                .containsExactly("5 environments sampled, 1 fact differs", "kernel: 6.1 in 3, 6.0 in 2");
    }

    @Test
    void expectationsHoldForEachSample() {
        Environments function = new Environments(3, number -> number == 2 ? "bad" : "ok", number -> "");

        CheckResult result = run("- {run: x, samples: 3, stdout: {matches: ^ok$, contains: missing}}", function);

        assertThat(texts(result))
                .satisfiesExactlyInAnyOrder(
                        all -> assertThat(all).startsWith("all 3 samples: stdout does not contain \"missing\""),
                        one -> assertThat(one).matches("sample [123] of 3: stdout .*ok.*"));
        assertThat(result.run().orElseThrow().samples()).hasSize(3);
    }

    @Test
    void theSampleThatFailedIsNamedWithTheFactsThatDiffer() {
        Environments function = new Environments(
                3,
                number -> number == 2 ? "bad" : "ok",
                number -> "cpus=2\nkernel=6.1\ncpuModel=" + (number == 2 ? "A" : "B"));

        CheckResult result = run("- {run: x, samples: 3, stdout: ok}", function);

        assertThat(result.run().orElseThrow().sampled().orElseThrow().lines())
                .satisfiesExactly(
                        title -> assertThat(title).isEqualTo("3 environments sampled, 1 fact differs"),
                        model -> assertThat(model).isEqualTo("cpuModel: B in 2, A in 1"),
                        alike -> assertThat(alike).isEqualTo("the same in all: cpus 2, kernel 6.1"),
                        failed -> assertThat(failed).matches("sample [123] failed: cpuModel A, sandbox sandbox-2"));
    }

    @Test
    void theSpreadIsExpectedOfAllTogether() {
        Environments function = new Environments(
                4, number -> "", number -> "cpuModel=A" + "\nkernel=" + (number == 1 ? "5.10" : "6.1"));

        CheckResult result = run("""
                - run: x
                  samples: 4
                  spread: {cpuModels: 1, kernels: {le: 1}, javaVersions: {ge: 1}}
                """, function);

        assertThat(texts(result))
                .satisfiesExactly(
                        kernels -> assertThat(kernels)
                                .startsWith("spread: the number of kernels is 2, but expected at most 1; ")
                                .contains("1 of 4 have \"5.10\"")
                                .contains("3 of 4 have \"6.1\""),
                        java -> assertThat(java)
                                .isEqualTo(
                                        "spread: the number of javaVersions is unknown; no sample has the fact java"));
    }

    /** The shell of this machine is one environment. */
    @Test
    void samplesThatShareAnEnvironmentAreAnError() {
        CheckResult result = run("- {run: 'true', samples: 2}", new LocalShell());

        assertThat(result.status()).isEqualTo(Status.ERROR);
        assertThat(result.reason())
                .startsWith("The 2 samples ran in only 1 execution environment, because not all began in time; ")
                .contains("use fewer samples");
    }

    @Test
    void theGateOpensWhenTheLastSampleHasBegun() throws Exception {
        MemoryChannel objects = new MemoryChannel();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (Gate gate = new Gate(Optional.of(objects), 2)) {
            Future<?> opening = caller.submit(() -> {
                gate.openWhenAllHaveBegun();
                return null;
            });
            assertThat(gate.step().command()).contains("http://localhost/get/key");
            gate.begun();
            assertThat(opening.isDone()).isFalse();
            assertThat(objects.stored()).isEmpty();

            gate.begun();
            opening.get(20, TimeUnit.SECONDS);

            assertThat(objects.stored()).containsKey("key");
        } finally {
            caller.shutdownNow();
        }
        assertThat(objects.stored()).isEmpty();
    }

    /** So that the others do not wait for one that will never begin; they may look for the object until they end. */
    @Test
    void theGateOpensAtOnceWhenASampleFails() throws Exception {
        MemoryChannel objects = new MemoryChannel();
        try (Gate gate = new Gate(Optional.of(objects), 100)) {
            gate.fail();
            gate.openWhenAllHaveBegun();
        }

        assertThat(objects.stored()).containsKey("key");
    }

    @Test
    void aSampleThatCanNotRunIsAnError() {
        AtomicInteger requests = new AtomicInteger();
        Environments function = new Environments(1, number -> "", number -> "");
        StepRunner runner = steps -> {
            if (requests.incrementAndGet() == 2) {
                throw new ShellException("Rate exceeded", "Wait");
            }
            return function.run(steps);
        };

        CheckResult result = run("- {run: x, samples: 3}", runner);

        assertThat(result.status()).isEqualTo(Status.ERROR);
        assertThat(result.reason()).isEqualTo("Rate exceeded. Wait.");
    }

    @Test
    void theFactsOfThisMachineAreFound() throws Exception {
        StepResult printed = new LocalShell()
                .run(List.of(Step.of("sample", Sampling.SCRIPT)))
                .steps()
                .get(0);

        assertThat(Samples.Sample.facts(printed.stdout().text(10_000)))
                .containsEntry(Fact.KERNEL, System.getProperty("os.version"))
                .containsKeys(Fact.CPU_MODEL, Fact.CPUS, Fact.MEMORY, Fact.TMP, Fact.SYSTEM);
    }
}
