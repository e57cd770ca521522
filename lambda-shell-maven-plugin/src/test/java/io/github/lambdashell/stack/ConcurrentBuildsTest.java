package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.target.Deployment;
import io.github.lambdashell.target.Target;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Builds work on one stack at the same time. */
class ConcurrentBuildsTest {
    private static final int BUILDS = 6;

    @RegisterExtension
    private final Account account = new Account();

    private final ExecutorService builds = Executors.newFixedThreadPool(BUILDS);

    @AfterEach
    void end() {
        builds.shutdownNow();
    }

    @RepeatedTest(8)
    void allDeployItOneAfterTheOther() throws Exception {
        List<Future<Deployment>> deploys = Stream.generate(() -> build(stacks -> stacks.deploy(Account.config("demo"))))
                .limit(BUILDS)
                .toList();

        for (Future<Deployment> deploy : deploys) {
            assertThat(deploy.get().stack().functionName()).isNotEmpty();
        }
        assertThat(account.stacks().made()).isEqualTo(1);
        account.deployment().remove("demo");
        account.assertNothingIsLeft();
    }

    @RepeatedTest(3)
    void aDeployAndATeardownEndEachAndLeaveNothingHalf() throws Exception {
        Future<Deployment> deploy = build(stacks -> stacks.deploy(Account.config("demo")));
        Future<Boolean> teardown = build(stacks -> stacks.remove("demo"));

        assertEndsWellOrWithAWord(deploy);
        assertEndsWellOrWithAWord(teardown);
        assertThat(account.target().find("demo", account).stream())
                .allMatch(stack -> !stack.functionName().isEmpty());
        account.deployment().remove("demo");
        account.assertNothingIsLeft();
    }

    private interface Work<T> {
        T with(StackDeployment stacks) throws InterruptedException;
    }

    private <T> Future<T> build(Work<T> work) {
        Callable<T> build = () -> {
            try (Target target = account.newTarget()) {
                return work.with(new StackDeployment(target, account.home(), account));
            }
        };
        return builds.submit(build);
    }

    private static void assertEndsWellOrWithAWord(Future<?> build) throws InterruptedException {
        try {
            build.get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(ShellException.class);
        }
    }
}
