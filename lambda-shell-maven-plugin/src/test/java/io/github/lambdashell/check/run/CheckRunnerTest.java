package io.github.lambdashell.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.protocol.Stragglers;
import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import io.github.lambdashell.target.CommandFaultException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckRunnerTest {
    private static final StepRunner BROKEN = steps -> {
        throw new ShellException("The function does not answer", "Look at its log");
    };

    private static RunListener names(List<String> names) {
        return new RunListener() {
            @Override
            public void finished(CheckResult result) {
                names.add(result.check().name());
            }
        };
    }

    @Test
    void aCheckThatIsIsolatedRunsInASandboxOfItsOwn() {
        StepRunner isolated = new LocalShell();
        StepRunner shared = new StepRunner() {
            @Override
            public StepsResult run(List<Step> steps) {
                throw new ShellException("This sandbox is shared", "Use another");
            }

            @Override
            public StepRunner isolated() {
                return isolated;
            }
        };

        List<CheckResult> results = Checks.run("""
                - {name: alone, run: 'true', isolate: true}
                - {name: together, run: 'true', isolate: false}
                """, shared);

        assertThat(results).extracting(CheckResult::status).containsExactly(Status.PASSED, Status.ERROR);
    }

    @Test
    void aCheckThatIsIsolatedIsSkippedOnAws() {
        assertThat(Checks.runOnAws("- {run: 'true', isolate: true}", new LocalShell()))
                .extracting(CheckResult::reason)
                .containsExactly("isolate needs a new sandbox, which AWS creates only when it decides to; run it with"
                        + " target=local");
    }

    @Test
    void aCommandThatMeetsEveryExpectationPasses() {
        List<CheckResult> results = Checks.run("""
                - name: hello
                  run: echo hello; echo oops >&2; exit 3
                  exitCode: 3
                  stdout: hello
                  stderr: {contains: oop, matches: ^oops$, notContains: hello}
                """);

        assertThat(results).extracting(CheckResult::status).containsExactly(Status.PASSED);
    }

    @Test
    void everyUnmetExpectationIsReported() {
        List<CheckResult> results = Checks.run("""
                - name: hello
                  run: echo hello; echo oops >&2; exit 3
                  stdout: bye
                  stderr: {contains: [oop, argh], matches: ^ops, notContains: ops}
                """);

        assertThat(results.get(0).status()).isEqualTo(Status.FAILED);
        assertThat(results.get(0).violations())
                .extracting(Violation::text)
                .containsExactly(
                        "exit code is 3, but expected 0",
                        "stdout is \"hello\", but expected \"bye\"",
                        "stderr does not contain \"argh\"",
                        "stderr has no line that matches '^ops'",
                        "stderr contains \"ops\" in line 1, but expected it not to");
    }

    @Test
    void aFailedCheckDoesNotStopOthers() {
        LocalShell shell = new LocalShell();

        List<CheckResult> results =
                Checks.run("[{name: a, run: exit 1}, {name: b, run: exit 0}, {name: c, run: exit 2}]", shell);

        assertThat(results)
                .extracting(CheckResult::status)
                .containsExactly(Status.FAILED, Status.PASSED, Status.FAILED);
        assertThat(shell.requests()).isEqualTo(3);
    }

    @Test
    void failFastBeginsNoCheckAfterAFailure() {
        List<CheckResult> results =
                Checks.run("[{name: a, run: exit 1}, {name: b, run: exit 0}]", new LocalShell(), 1, true);

        assertThat(results.get(1).status()).isEqualTo(Status.SKIPPED);
        assertThat(results.get(1).reason()).isEqualTo("failFast, and \"a\" did not pass");
    }

    @Test
    void aSkippedCheckRunsNothing() {
        LocalShell shell = new LocalShell();

        List<CheckResult> results = Checks.run("[{run: exit 1, skip: true}]", shell);

        assertThat(results).extracting(CheckResult::status).containsExactly(Status.SKIPPED);
        assertThat(shell.requests()).isZero();
    }

    @Test
    void setupRunsBeforeAndTeardownAlwaysRunsAfter() {
        List<CheckResult> results = Checks.run("""
                - name: makes
                  setup: [d=/tmp/lshell-check-$PPID; mkdir $d, echo hello > /tmp/lshell-check-$PPID/f]
                  run: cat /tmp/lshell-check-$PPID/f; exit 1
                  stdout: hello
                  teardown: rm -r /tmp/lshell-check-$PPID
                - name: left nothing
                  run: ls /tmp/lshell-check-$PPID
                  exitCode: 2
                """);

        assertThat(results)
                .extracting(CheckResult::violations)
                .containsExactly(List.of(Violation.of("exit code is 1, but expected 0")), List.of());
    }

    @Test
    void aFailedSetupSkipsTheCommandButNotTheTeardown() {
        List<CheckResult> results = Checks.run("""
                - setup: [echo no >&2; exit 3, touch /never]
                  run: touch /never
                  teardown: [test ! -e /never, exit 4]
                """);

        assertThat(results.get(0).status()).isEqualTo(Status.FAILED);
        assertThat(results.get(0).run()).isEmpty();
        assertThat(results.get(0).violations())
                .extracting(Violation::text)
                .containsExactly(
                        "setup \"echo no >&2; exit 3\" has exit code 3, so the command did not run; its output is \"no\"",
                        "teardown \"exit 4\" has exit code 4");
    }

    @Test
    void theEnvironmentAppliesToSetupCommandAndTeardown() {
        assertThat(Checks.violations("""
                        - setup: test "$PWD$A" = /usrb
                          run: cat; echo "$PWD $A ${HOME-none}${B-none}"
                          teardown: test "$PWD$A" = /usrb
                          workingDirectory: /usr
                          environmentVariables: {A: b, HOME: null, B: ""}
                          stdin: in
                          stdout: in/usr b none
                        """)).isEmpty();
    }

    @Test
    void theSetupMayCreateTheWorkingDirectory(@TempDir Path directory) {
        String made = directory.resolve("it's made").toString();

        assertThat(Checks.violations("""
                        - setup: mkdir "%1$s"
                          run: pwd
                          teardown: test "$PWD" = "%1$s"
                          workingDirectory: "%1$s"
                          stdout: "%1$s"
                          files: [{path: ".", type: directory}]
                        """.formatted(made))).isEmpty();
    }

    @Test
    void aMissingWorkingDirectoryIsAFailureOfTheCheck() {
        List<CheckResult> results = Checks.run("""
                        - {run: pwd, workingDirectory: /no/such, teardown: echo ended, files: [{path: x, exists: false}]}
                        - {name: other, run: pwd, workingDirectory: /no/such, setup: exit 3}
                        """);

        assertThat(results).extracting(CheckResult::status).containsOnly(Status.FAILED);
        assertThat(results.get(0).violations())
                .extracting(Violation::text)
                .containsExactly(
                        "workingDirectory '/no/such' does not exist or can't be entered, so the command did not"
                                + " run; create it in setup, or correct it");
        assertThat(results.get(1).violations())
                .extracting(Violation::text)
                .containsExactly("setup \"exit 3\" has exit code 3, so the command did not run");
    }

    @Test
    void aTimeoutEndsTheCommandAndIsReported() {
        List<CheckResult> results = Checks.run("[{run: echo begun; sleep 60, timeout: 2s, stdout: begun}]");

        assertThat(results.get(0).violations())
                .extracting(Violation::text)
                .containsExactly("the command was ended by its timeout of 2 s");
    }

    @Test
    void aRetryRunsTheWholeCheckAgainUntilItPasses() {
        LocalShell shell = new LocalShell();

        List<CheckResult> results = Checks.run("""
                - setup: f=/tmp/lshell-retry-$PPID; echo x >> $f
                  run: test $(wc -l < /tmp/lshell-retry-$PPID) = 3 && rm /tmp/lshell-retry-$PPID
                  retries: 5
                  retryDelay: 1ms
                """, shell);

        assertThat(results.get(0).status()).isEqualTo(Status.PASSED);
        assertThat(results.get(0).attempts()).isEqualTo(3);
        assertThat(shell.requests()).isEqualTo(3);
    }

    @Test
    void aFaultIsAnErrorAndIsNotRetried() {
        AtomicInteger requests = new AtomicInteger();
        StepRunner broken = steps -> {
            requests.incrementAndGet();
            return BROKEN.run(steps);
        };

        List<CheckResult> results = Checks.run("[{run: 'true', retries: 3}]", broken);

        assertThat(results.get(0).status()).isEqualTo(Status.ERROR);
        assertThat(results.get(0).reason()).isEqualTo("The function does not answer. Look at its log.");
        assertThat(requests).hasValue(1);
    }

    @Test
    void threeErrorsInARowSkipTheRemainingChecks() {
        List<CheckResult> results =
                Checks.run("[{run: echo 1}, {run: echo 2}, {run: echo 3}, {run: echo 4}, {run: echo 5}]", BROKEN);

        assertThat(results)
                .extracting(CheckResult::status)
                .containsExactly(Status.ERROR, Status.ERROR, Status.ERROR, Status.SKIPPED, Status.SKIPPED);
        assertThat(results.get(3).reason()).isEqualTo("3 checks in a row could not be run, the last was \"echo 3\"");
    }

    @Test
    void errorsOfCommandsThatEndTheirFunctionDoNotCount() {
        LocalShell shell = new LocalShell();
        StepRunner fragile = steps -> {
            if (steps.get(0).command().startsWith("exhaust")) {
                throw new CommandFaultException("The function was killed", "Set a larger <memorySize>");
            }
            return shell.run(steps);
        };

        List<CheckResult> results =
                Checks.run("[{run: exhaust 1}, {run: exhaust 2}, {run: exhaust 3}, {run: 'true'}]", fragile);

        assertThat(results)
                .extracting(CheckResult::status)
                .containsExactly(Status.ERROR, Status.ERROR, Status.ERROR, Status.PASSED);
    }

    @Test
    void requestsRunInParallelAndAreReportedInOrder() throws Exception {
        CyclicBarrier allFour = new CyclicBarrier(4);
        LocalShell shell = new LocalShell();
        List<String> order = new ArrayList<>();
        List<Check> checks = Checks.read(
                "[{name: a, run: sleep 0.3}, {name: b, run: sleep 0.2}, {name: c, run: sleep 0.1}, {name: d, run: 'true'}]");
        StepRunner together = steps -> {
            try {
                allFour.await(30, TimeUnit.SECONDS);
            } catch (java.util.concurrent.BrokenBarrierException | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException("not at once", e);
            }
            return shell.run(steps);
        };

        CheckReport report =
                new CheckRunner(together, Checks.options("parallel", 4, false), List.of(names(order))).run(checks);

        assertThat(order).containsExactly("a", "b", "c", "d");
        assertThat(report.results()).extracting(result -> result.check().name()).containsExactly("a", "b", "c", "d");
        assertThat(report.count(Status.PASSED)).isEqualTo(4);
    }

    @Test
    void anInterruptEndsTheRunWithAResultForEveryCheck() throws Exception {
        CountDownLatch endless = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        LocalShell shell = new LocalShell();
        StepRunner stuck = steps -> {
            if (steps.get(0).command().equals("echo a")) {
                return shell.run(steps);
            }
            endless.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            throw new AssertionError("waited no longer");
        };
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            try {
                endless.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            caller.interrupt();
        });
        interrupter.start();
        List<String> told = new ArrayList<>();

        CheckReport report = new CheckRunner(stuck, Checks.options("x", 1, false), List.of(names(told)))
                .run(Checks.read("[{run: echo a}, {run: echo b}, {run: echo c}, {run: echo d}]"));

        assertThat(report.interrupted()).isTrue();
        assertThat(report.results())
                .extracting(CheckResult::status)
                .containsExactly(Status.PASSED, Status.ERROR, Status.SKIPPED, Status.SKIPPED);
        assertThat(report.results())
                .extracting(CheckResult::reason)
                .containsExactly(
                        "",
                        "The build was interrupted while it ran, so its outcome is unknown",
                        "the build was interrupted before it ran",
                        "the build was interrupted before it ran");
        assertThat(told).as("what did not begin is no news").containsExactly("echo a", "echo b");
        assertThat(interrupted.await(30, TimeUnit.SECONDS))
                .as("the request was interrupted")
                .isTrue();
        interrupter.join();
    }

    @Test
    void aCheckThatNeedsAnotherTargetIsSkippedWithTheReason() {
        LocalShell shell = new LocalShell();

        List<CheckResult> results = Checks.run("[{identity: orders}, {run: 'true'}]", shell);

        assertThat(results).extracting(CheckResult::status).containsExactly(Status.SKIPPED, Status.PASSED);
        assertThat(results.get(0).reason()).isEqualTo("the local target has no AWS identity; run it with target=aws");
        assertThat(shell.requests()).isOne();
    }

    @Test
    void resultsContainNoSecrets() {
        List<CheckResult> results = Checks.run("""
                - name: "a %1$s"
                  run: echo %1$s; echo AWS_SESSION_TOKEN=abcd >&2
                  stdout: {contains: [%1$s, absent %1$s]}
                - {name: skipped %1$s, run: echo, skip: true}
                """.formatted(Checks.SECRET));

        assertThat(results.toString()).contains("a ***", "skipped ***");
        CheckResult result = results.get(0);
        assertThat(result.check().command().shown()).doesNotContain(Checks.SECRET);
        assertThat(result.violations())
                .as("expectations see the output as it is")
                .containsExactly(Violation.of("stdout does not contain \"absent ***\""));
        assertThat(result.run().orElseThrow().stdout().text()).isEqualTo("***\n");
        assertThat(result.run().orElseThrow().stderr().text()).isEqualTo("AWS_SESSION_TOKEN=***\n");
    }

    @Test
    void theSizeOfAllExcerptsIsBounded() {
        StepRunner talkative = steps -> {
            Output output = Output.of("x".repeat(50_000));
            StepResult said = new StepResult(
                    "command", false, 1, false, Duration.ZERO, Optional.empty(), output, new Output(), output);
            return new StepsResult(List.of(said), "sandbox", false, Optional.empty(), Stragglers.NONE);
        };
        String checks = IntStream.range(0, 2000)
                .mapToObj(i -> "{\"name\": \"" + i + "\", \"run\": \"true\"}")
                .collect(Collectors.joining(", ", "[", "]"));

        List<CheckResult> results = Checks.run(checks, talkative);

        assertThat(results.get(0).run().orElseThrow().stdout().kept()).isEqualTo(32 * 1024);
        assertThat(results.get(1999).run().orElseThrow().stdout().kept()).isEqualTo(500);
        assertThat(results.get(1999).run().orElseThrow().stdout().cut()).isEqualTo(49_500);
    }
}
