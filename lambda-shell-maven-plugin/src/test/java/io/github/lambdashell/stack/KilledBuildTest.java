package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.fake.Account;
import io.github.lambdashell.stack.BuildProcess.Goal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds end at any moment, by kill -9 and by signals that leave them time. */
class KilledBuildTest {
    /** How often each goal is killed; more with {@code -Dlshell.test.kills=20}. */
    private static final int KILLS = Integer.getInteger("lshell.test.kills", 2);

    private static final long LONGEST_SECONDS = 120;

    @RegisterExtension
    private final Account account = new Account();

    /** The moment is a call to AWS, which may have arrived by then or not; its name repeats it. */
    static Stream<Arguments> moments() {
        Random random = new Random();
        return Stream.of(Goal.DEPLOY, Goal.EXEC, Goal.TEARDOWN).flatMap(goal -> IntStream.range(0, KILLS)
                .mapToObj(i -> Arguments.of(
                        goal, 1 + random.nextInt(callsOf(goal)), random.nextBoolean(), random.nextBoolean())));
    }

    /** Roughly: a call that never comes is a build that was not killed, which has to leave nothing as well. */
    private static int callsOf(Goal goal) {
        return switch (goal) {
            case DEPLOY -> 18;
            case EXEC -> 32;
            default -> 11;
        };
    }

    @ParameterizedTest(name = "{0} killed at call {1}, which arrives: {2}, then deployed again: {3}")
    @MethodSource("moments")
    void theNextGoalClearsUpAfterAKilledBuild(Goal goal, int moment, boolean arrives, boolean deployAgain)
            throws Exception {
        if (goal == Goal.TEARDOWN) {
            account.deployment().deploy(Account.config(BuildProcess.STACK));
        }
        AtomicInteger calls = new AtomicInteger();
        Process[] build = new Process[1];
        account.aws().beforeEachCall(call -> {
            if (calls.incrementAndGet() == moment) {
                build[0].destroyForcibly();
                if (!arrives) {
                    throw new UncheckedIOException(new IOException("killed"));
                }
            }
        });

        build[0] = BuildProcess.start(goal, account);
        end(build[0]);
        account.endpoint().awaitIdle();
        assertThat(calls).as("the build's calls").hasPositiveValue();
        account.aws().beforeEachCall(call -> {});
        if (deployAgain) {
            assertThat(account.deployment()
                            .deploy(Account.config(BuildProcess.STACK))
                            .stack()
                            .functionName())
                    .isNotEmpty();
            assertThat(account.stacks().names()).containsExactly(BuildProcess.STACK);
        }
        account.deployment().remove(BuildProcess.STACK);

        account.assertNothingIsLeft();
    }

    /** What a terminal's Ctrl-C, a CI system's abort and a closed terminal send. */
    enum Signal {
        INT,
        TERM,
        HUP
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void aSignalWhileTheCommandRunsDeletesTheTemporaryStack(Signal signal) throws Exception {
        assertSignalLeavesNothing(signal, "InvokeWithResponseStream");
    }

    @ParameterizedTest
    @CsvSource({"INT, SignalResource", "TERM, CreateStack", "HUP, CreateStack"})
    void aSignalWhileTheStackIsCreatedDeletesIt(Signal signal, String operation) throws Exception {
        assertSignalLeavesNothing(signal, operation);
    }

    @Test
    void aStackThatIsCreatedAfterItsBuildHasEndedIsDeletedByTheNextOne() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Process[] build = new Process[1];
        account.endpoint().fault("CreateStack", 1, (call, upstream, wire) -> {
            send(Signal.TERM, build[0]);
            wire.reset();
            awaitUnchecked(ended);
            upstream.answer(call);
        });
        build[0] = BuildProcess.start(Goal.EXEC, account);
        end(build[0]);
        assertThat(account.stacks().names()).isEmpty();
        ended.countDown();
        account.endpoint().awaitIdle();
        assertThat(account.stacks().names()).hasSize(1);

        account.deployment().remove(BuildProcess.STACK);

        account.assertNothingIsLeft();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertSignalLeavesNothing(Signal signal, String operation) throws Exception {
        Process[] build = new Process[1];
        account.aws().beforeEachCall(call -> {
            if (call.operation().equals(operation)) {
                send(signal, build[0]);
                // The build ends, or looks for the stack, before the operation has begun.
                waitFor(build[0]);
            }
        });

        build[0] = BuildProcess.start(Goal.EXEC, account);
        end(build[0]);

        assertThat(account.endpoint().count(operation)).isEqualTo(1);
        account.assertNothingIsLeft();
    }

    @Test
    void aSignalAfterTheStackIsGoneDoesNotComeBackToIt() throws Exception {
        Process build = BuildProcess.start(Goal.EXEC_AND_MORE, account);
        while (account.endpoint().count("DeleteStack") == 0
                || !account.records().isEmpty()) {
            assertThat(build.isAlive()).isTrue();
            Thread.sleep(20);
        }
        int calls = account.endpoint().calls().size();

        send(Signal.TERM, build);
        end(build);

        assertThat(account.endpoint().calls()).hasSize(calls);
        account.assertNothingIsLeft();
    }

    private static void waitFor(Process build) {
        try {
            build.waitFor(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(Signal signal, Process process) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process build) throws InterruptedException {
        try {
            assertThat(build.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("the build ends")
                    .isTrue();
        } finally {
            build.destroyForcibly();
        }
    }
}
