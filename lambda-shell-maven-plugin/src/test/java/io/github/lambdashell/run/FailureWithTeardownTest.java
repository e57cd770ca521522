package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lambdashell.check.Checks;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.report.PlainLog;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that fail on a stack that then can't be deleted. */
class FailureWithTeardownTest {
    @TempDir
    private Path home;

    private interface Run {
        void on(Target target, StackLease.Request stack) throws Exception;
    }

    private Throwable failure(Run run) {
        StackLease.Request stack = new StackLease.Request(
                Account.config("demo", FunctionSettings.NONE.complete("provided.al2023")),
                FunctionSettings.NONE,
                false,
                home);
        try (Target target = Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, home))) {
            return catchThrowable(() -> run.on(withoutDelete(target), stack));
        }
    }

    private static Target withoutDelete(Target target) {
        return (Target) Proxy.newProxyInstance(
                Target.class.getClassLoader(), new Class<?>[] {Target.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("delete")) {
                        throw new ShellException("The stack is left", "Run lshell:teardown");
                    }
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void assertBoth(Throwable failure, String message) {
        assertThat(failure).isInstanceOf(RunFailure.class).hasMessageContaining(message);
        assertThat(failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("The stack is left. Run lshell:teardown.");
    }

    @Test
    void aFailedCommandIsReportedBeforeTheStackThatIsLeft() {
        assertBoth(
                failure((target, stack) -> RunCommand.run(
                        target, stack, "exit 3", Optional.empty(), List.of(), new PlainLog(line -> {}), new Silence())),
                "The command ended with exit code 3");
    }

    @Test
    void failedChecksAreReportedBeforeTheStackThatIsLeft() {
        assertBoth(
                failure((target, stack) -> RunChecks.run(
                        target,
                        new RunChecks.Request(
                                stack,
                                Checks.read("[{name: a, run: exit 3}]"),
                                "run",
                                home.resolve("reports"),
                                List.of(),
                                1,
                                false),
                        new PlainLog(line -> {}),
                        new Silence())),
                "FAIL  a (commands.yaml:1:2, command 1): exit code is 3, but expected 0");
    }
}
